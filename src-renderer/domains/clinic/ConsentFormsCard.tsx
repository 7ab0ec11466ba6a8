import { useGo } from '#renderer/app/navigation.ts'
import { paths } from '#renderer/app/paths.ts'
import { useApiQuery } from '#renderer/rpc/api.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { Card } from '#renderer/ui/Card.tsx'
import { count } from '#renderer/ui/format.ts'
import { QueryState } from '#renderer/ui/states.tsx'

/** How many forms patients sign, and the way to them. */
export function ConsentFormsCard() {
  const go = useGo()
  const forms = useApiQuery('consents.listForms', {})
  const asked = forms.data?.filter((form) => form.isActive) ?? []
  const unread = asked.filter((form) => !form.isReviewed).length
  return (
    <Card title="Consent forms" aside={<ActionButton size="compact-xs" onClick={() => go(paths.consentForms())}>Open the forms</ActionButton>}>
      <QueryState query={forms} what="The forms" />
      {forms.data && <p>{asked.length === 0 ? 'Patients are asked to sign nothing yet.' : `Patients sign ${count(asked.length, 'form')}.${unread > 0 ? ` ${count(unread, 'text')} to be reviewed by a lawyer.` : ''}`}</p>}
    </Card>
  )
}
