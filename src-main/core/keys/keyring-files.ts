import fs from 'node:fs'
import path from 'node:path'

/** Three copies beside the database; any one is enough. */
export const copies = ['keyring.json', 'keyring.copy.json', 'keyring.spare.json'] as const

/** Whether a clinic has been set up in this folder. The shell asks too, and must not load a cipher for it. */
export const hasKeyring = (folder: string): boolean => copies.some((name) => fs.existsSync(path.join(folder, name)))
