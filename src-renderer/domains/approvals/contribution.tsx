import type { Contribution } from '#renderer/app/contribution.ts'
import { paths } from '#renderer/app/paths.ts'
import { useApiQuery } from '#renderer/rpc/api.ts'
import { IconUserCheck } from '#renderer/ui/icons.ts'
import './words.ts'

/** What others wait for; one's own requests wait for others. */
const useToDecide = (): number | undefined => useApiQuery('approvals.listOpen', {}).data?.filter((one) => one.mayDecide).length

export const approvalsContribution: Contribution = {
  domain: 'approvals',
  routes: [{ path: '/approvals', may: 'approval.decide', page: async () => (await import('./ApprovalsPage.tsx')).ApprovalsPage }],
  places: [{ id: 'approvals', label: 'Approvals', icon: IconUserCheck, path: paths.approvals(), may: 'approval.decide', goKey: 'V', useCount: useToDecide }],
  commands: [{ id: 'approvals.open', label: 'Approvals: what waits for a second person', icon: IconUserCheck, may: 'approval.decide', run: ({ go }) => go(paths.approvals()) }],
}
