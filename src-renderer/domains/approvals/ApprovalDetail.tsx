import type { Approval } from '#shared/domains/approvals/model.ts'
import { useToday, useZone } from '#renderer/app/actor.tsx'
import { useContributions } from '#renderer/app/places.ts'
import { Column } from '#renderer/app/Screen.tsx'
import { Refusal } from '#shared/rpc/errors.ts'
import { errorText } from '#renderer/rpc/error-text.ts'
import { Card, Fact, FactList } from '#renderer/ui/Card.tsx'
import { dateTime } from '#renderer/ui/format.ts'
import { Notice } from '#renderer/ui/states.tsx'
import { DecideCard } from './DecideCard.tsx'
import { ReviewCard, WithdrawCard } from './OwnCards.tsx'
import { stateWords } from './words.ts'
import styles from './Approvals.module.css'

/** What exactly would be done, as the records say it now, and the two answers. */
export function ApprovalDetail({ approval }: { approval: Approval }) {
  const words = useContributions().flatMap((contribution) => contribution.approvals ?? []).find((one) => one.procedure === approval.procedure)
  const zone = useZone()
  const today = useToday()
  const { requestedBy, decidedBy, decidedAt, declineReason, refusedCode } = approval
  return (
    <Column head={<h2 className={styles['title']}>{words?.title ?? approval.procedure}</h2>} tone="canvas">
      <div className={styles['detail']}>
        <Card title="What is asked for">
          {words && <words.Facts input={approval.input} said={approval.reason} />}
          {approval.reason && <p className={styles['reason']}>“{approval.reason}”</p>}
        </Card>
        <Card title="Who and when">
          <FactList>
            <Fact label={approval.status === 'alone' ? 'Done by' : 'Asked by'}>{approval.isOwn ? 'You' : requestedBy.name}, {dateTime(approval.requestedAt, zone, today)}</Fact>
            <Fact label="State">{stateWords(approval)}</Fact>
            {decidedBy && <Fact label={approval.status === 'declined' ? 'Declined by' : 'Approved by'}>{decidedBy.name}{decidedAt && `, ${dateTime(decidedAt, zone, today)}`}</Fact>}
            {declineReason && <Fact label="Because">{declineReason}</Fact>}
            {(approval.status === 'open' || approval.status === 'permitted') && <Fact label={approval.status === 'open' ? 'Answer until' : 'Use until'}>{dateTime(approval.expiresAt, zone, today)}</Fact>}
          </FactList>
        </Card>
        {refusedCode && approval.status === 'open' && <Notice tone="warn" title="Approved before, but it could not be done.">{errorText(new Refusal(refusedCode))}</Notice>}
        {approval.mayDecide && <DecideCard approval={approval} />}
        {approval.isOwn && approval.status === 'open' && !approval.isExpired && <WithdrawCard approval={approval} />}
        {approval.status === 'alone' && <ReviewCard approval={approval} />}
      </div>
    </Column>
  )
}
