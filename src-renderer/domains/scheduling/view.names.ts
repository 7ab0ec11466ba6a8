import type { StaffMember } from '#shared/domains/clinic/model.ts'

/** "Dr. Haddad"; "Tom Okafor, RN". */
export function providerName(provider: Pick<StaffMember, 'title' | 'givenName' | 'familyName' | 'credentials'>): string {
  if (provider.title) return `${provider.title} ${provider.familyName}`
  return [`${provider.givenName} ${provider.familyName}`, provider.credentials].filter(Boolean).join(', ')
}
