import type { tasks } from '#shared/domains/tasks/contract.ts'
import type { Handlers } from '#main/core/rpc/context.ts'
import * as service from './service.ts'

export const tasksProcedures: Handlers<typeof tasks> = {
  list: (context, input) => service.listTasks(context, input),
  counts: (context) => service.counts(context),
  details: (context, input) => service.details(context, input.id),
  people: (context) => service.people(context),
  add: (context, input) => service.addTask(context, input),
  addClinical: (context, input) => service.addClinicalTask(context, input),
  say: (context, input) => service.say(context, input),
  sayClinical: (context, input) => service.sayClinical(context, input),
  take: (context, input) => service.takeTask(context, input.id),
  hand: (context, input) => service.handTask(context, input),
  finish: (context, input) => service.finishTask(context, input.id),
  decline: (context, input) => service.declineTask(context, input),
  cancel: (context, input) => service.cancelTask(context, input.id),
  reopen: (context, input) => service.reopenTask(context, input.id),
  markSeen: (context, input) => service.markSeen(context, input.id),
}
