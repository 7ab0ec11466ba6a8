import fs from 'node:fs'

export const forbidden = fs.existsSync
