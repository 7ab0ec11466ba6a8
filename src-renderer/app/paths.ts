/**
 * Every address of the window in one place, so that one domain can link to another without importing it.
 * Addresses hold ids only, never a name:
 * what one screen hands to the next (the name that was searched for) goes through `go(path, carried)`.
 */
export const paths = {
  home: () => '/',
  hours: () => '/hours',
  day: (date?: string) => (date ? `/day/${date}` : '/day'),
  patients: () => '/patients',
  registerPatient: () => '/patients/register',
  /** What the role works with: the chart, or at the desk the patient's file. */
  openPatient: (patientId: string) => `/patients/${patientId}/open`,
  patient: (patientId: string) => `/patients/${patientId}/details`,
  editPatient: (patientId: string) => `/patients/${patientId}/edit`,
  chart: (patientId: string, tab?: string) => (tab ? `/patients/${patientId}/${tab}` : `/patients/${patientId}`),
  doctorHome: () => '/doctor',
  flow: () => '/flow',
  note: (encounterId: string) => `/encounters/${encounterId}/note`,
  workList: () => '/billing',
  checkout: () => '/billing/checkout',
  payments: () => '/billing/payments',
  fees: () => '/billing/fees',
  account: (patientId: string) => `/billing/patients/${patientId}`,
  invoice: (invoiceId: string) => `/billing/invoices/${invoiceId}`,
  print: (document: string, id: string) => `/print/${document}/${id}`,
  codes: () => '/codes',
  importData: () => '/import',
  owner: () => '/clinic',
  staff: () => '/staff',
  mySignIn: () => '/me',
  settings: () => '/settings',
  emergencyAccess: () => '/emergency-access',
  activity: () => '/activity',
  chartAccess: (patientId: string) => `/activity/patients/${patientId}`,
  disclosures: () => '/activity/disclosures',
  ownActivity: () => '/my-activity',
  attention: () => '/attention',
  approvals: () => '/approvals',
  devices: () => '/devices',
  hostGone: () => '/devices/host-gone',
  lostMachine: (deviceId: string) => `/print/lost-machine/${deviceId}`,
  printInvite: () => '/print/invite',
} as const
