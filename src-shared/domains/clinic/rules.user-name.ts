/**
 * R01: everyone signs in under a name of their own (45 CFR 164.312(a)(2)(i)), so a name that says what somebody does, or
 * that stands for a desk, a room or nobody, is refused: several people would share it, and the log could not tell them apart.
 */
const generic: readonly string[] = [
  'account', 'admin', 'administrator', 'anonymous', 'any', 'anyone', 'assistant', 'back', 'backoffice', 'billing', 'billingclerk', 'cashier', 'check', 'checkin',
  'checkout', 'clerk', 'clinic', 'clinician', 'computer', 'default', 'demo', 'desk', 'desktop', 'dispensary', 'doc', 'doctor', 'dr', 'employee', 'everybody', 'everyone',
  'exam', 'front', 'frontdesk', 'frontoffice', 'general', 'generic', 'group', 'guest', 'hospital', 'info', 'intern', 'kiosk', 'lab', 'laboratory', 'laptop', 'locum',
  'login', 'manager', 'ma', 'main', 'master', 'md', 'med', 'medical', 'nobody', 'np', 'nurse', 'nurses', 'nursing', 'office', 'operator', 'owner', 'pa', 'patient',
  'pc', 'people', 'person', 'pharmacist', 'pharmacy', 'phone', 'physician', 'practice', 'provider', 'public', 'reception', 'receptionist', 'records', 'rn', 'root',
  'room', 'scheduler', 'scheduling', 'secretary', 'service', 'shared', 'shift', 'somebody', 'someone', 'staff', 'student', 'super', 'supervisor', 'support', 'sysadmin',
  'system', 'tablet', 'team', 'tech', 'temp', 'temporary', 'test', 'tester', 'trainee', 'triage', 'user', 'vaccine', 'volunteer', 'waiting', 'work', 'workstation',
]

/** "front-desk2", "nurse.a" and "admin" are; "nurse.moreno" and "deskin" are not. */
export function isGenericUserName(userName: string): boolean {
  const words = userName.toLowerCase().split(/[^a-z]+/).filter(Boolean)
  return words.length > 0 && words.every((word) => isMadeOfGeneric(word) || (word.length === 1 && words.length > 1))
}

const words: ReadonlySet<string> = new Set(generic)

/** One of the words, or several written together. */
function isMadeOfGeneric(word: string): boolean {
  if (words.has(word)) return true
  for (let cut = 3; cut <= word.length - 2; cut += 1) {
    if (words.has(word.slice(0, cut)) && isMadeOfGeneric(word.slice(cut))) return true
  }
  return false
}
