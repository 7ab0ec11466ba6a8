export const importKinds = ['fhir', 'codes'] as const
export const importStatuses = ['running', 'finished', 'cancelled', 'failed'] as const
