import { createHash } from 'node:crypto'
import type { Platform } from '../platform/platform.ts'

const TOKEN_BYTES = 32

/** 256 random bits (R30 asks for 128). */
export const newToken = (platform: Platform): string => Buffer.from(platform.random(TOKEN_BYTES)).toString('base64url')

/** What is stored of a token: random as it is, it needs no slow hash. */
export const hashToken = (token: string): string => createHash('sha256').update(token).digest('base64')
