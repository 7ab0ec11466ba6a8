import type { ContractRouter } from '@orpc/contract'

export const bPage: ContractRouter<object> | undefined = undefined
