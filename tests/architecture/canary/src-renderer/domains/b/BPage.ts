import type { ORPCError } from '@orpc/client'

export const bPage: ORPCError<string, unknown> | undefined = undefined
