import fs from 'node:fs'
import path from 'node:path'

/** Two copies beside the database; either is enough. */
export const FILE = 'keyring.json'
export const COPY = 'keyring.copy.json'

/** Whether a clinic has been set up in this folder. The shell asks too, and must not load a cipher for it. */
export const hasKeyring = (folder: string): boolean => [FILE, COPY].some((name) => fs.existsSync(path.join(folder, name)))
