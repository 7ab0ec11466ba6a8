import { clinic } from '#shared/domains/clinic/contract.ts'
import { staffName } from '#renderer/app/actor.tsx'
import { useApiQuery } from '#renderer/rpc/api.ts'
import { Fact, FactList } from '#renderer/ui/Card.tsx'
import { QueryState } from '#renderer/ui/states.tsx'
import { rolesOf } from './view.ts'

export function RolesFacts({ input }: { input: unknown }) {
  const wanted = clinic.changeRoles.input.safeParse(input).data
  const query = useApiQuery('clinic.listAccounts', {})
  const account = query.data?.find((one) => one.userId === wanted?.userId)
  if (!account || !wanted) return <QueryState query={query} what="The account" />
  return (
    <FactList>
      <Fact label="Person">{staffName(account.staff)}</Fact>
      {rolesOf(account.roles) !== rolesOf(wanted.roles) && <Fact label="May do now">{rolesOf(account.roles)}</Fact>}
      <Fact label="Is to do"><strong>{rolesOf(wanted.roles)}</strong></Fact>
    </FactList>
  )
}

export function OfficerFacts({ input }: { input: unknown }) {
  const wanted = clinic.setPrivacyOfficer.input.safeParse(input).data
  const query = useApiQuery('clinic.listAccounts', {})
  const account = query.data?.find((one) => one.userId === wanted?.userId)
  if (!account || !wanted) return <QueryState query={query} what="The account" />
  return (
    <FactList>
      <Fact label="Person">{staffName(account.staff)}</Fact>
      <Fact label="Privacy officer">{wanted.isPrivacyOfficer ? 'from now on' : 'no longer'}</Fact>
    </FactList>
  )
}
