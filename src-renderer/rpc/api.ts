import { keepPreviousData, QueryClient, queryOptions, useMutation, useQuery, type UseQueryResult } from '@tanstack/react-query'
import type * as z from 'zod'
import { makeClient, type CairnClient, type CallFunction } from '#shared/rpc/client.ts'
import { contract } from '#shared/rpc/contract.ts'
import { findProcedure, type Kind, type Procedure } from '#shared/rpc/define.ts'
import { Refusal } from '#shared/rpc/errors.ts'
import { callOverPort } from './port.ts'
import { createSeats } from './seats.ts'

let transport: CallFunction = callOverPort

/** Tests put the in-process client's call here. */
export function setTransport(other: CallFunction): void {
  transport = other
}

/** Who sits at this window, and the one way out of it to the core. */
export const seats = createSeats((path, input, options) => transport(path, input, options))
const call = seats.call

/** Every command, query and stream of the core, typed by the contract. Failures are `Refusal`s. */
export const api: CairnClient = makeClient((path, input, options) => call(path, input, options))

type Contract = typeof contract
type Domain = keyof Contract & string
type PathOf<K extends Kind> = { [D in Domain]: { [N in keyof Contract[D] & string]: Contract[D][N] extends Procedure<K> ? `${D}.${N}` : never }[keyof Contract[D] & string] }[Domain]
type At<P extends string> = P extends `${infer D extends Domain}.${infer N}` ? (N extends keyof Contract[D] ? Contract[D][N] : never) : never
type Input<P extends string> = At<P> extends Procedure<Kind, infer I> ? z.input<I> : never
type Output<P extends string> = At<P> extends Procedure<Kind, infer _I, infer O> ? z.output<O> : never

export type QueryPath = PathOf<'query'>
export type CommandPath = PathOf<'command'> | PathOf<'action'>

/** Answers stay good until one of their topics changes; nothing is asked again because of time or focus. */
const newClient = () => new QueryClient({
  defaultOptions: { queries: { staleTime: Infinity, gcTime: 5 * 60_000, retry: retryLostOnly, refetchOnWindowFocus: false, networkMode: 'always' }, mutations: { networkMode: 'always' } },
})

/** The window's own: who sits at it, and what is asked before anybody does. */
export const queryClient = newClient()

/** Each person's answers are their own: nobody is shown what another has read. */
const clients = new Map<string, QueryClient>()

export function queryClientOf(seat: string): QueryClient {
  const client = clients.get(seat) ?? newClient()
  clients.set(seat, client)
  return client
}

/** The person has signed out: nothing of what they read stays in memory. */
export function dropSeat(seat: string): void {
  clients.get(seat)?.clear()
  clients.delete(seat)
  seats.drop(seat)
}

/** Everything may be old: nobody knows what was missed. */
export function invalidateAll(): void {
  for (const client of [queryClient, ...clients.values()]) void client.invalidateQueries()
}

export function queryOptionsFor<P extends QueryPath>(path: P, input: Input<P>) {
  return queryOptions<Output<P>, Refusal>({
    queryKey: [path, input],
    queryFn: ({ signal }) => call(path.split('.'), input, { signal }) as Promise<Output<P>>, // The contract types what the path answers.
  })
}

export function useApiQuery<P extends QueryPath>(path: P, input: Input<P>, options: { enabled?: boolean; keepPrevious?: boolean } = {}): UseQueryResult<Output<P>, Refusal> {
  const { queryKey, queryFn } = queryOptionsFor(path, input)
  return useQuery<Output<P>, Refusal>({
    queryKey, enabled: options.enabled ?? true,
    ...(queryFn ? { queryFn } : {}),
    ...(options.keepPrevious ? { placeholderData: keepPreviousData } : {}),
  })
}

export type StreamInput<P extends PathOf<'stream'>> = Input<P>
export type CommandInput<P extends CommandPath> = Input<P>
export type CommandOutput<P extends CommandPath> = Output<P>

export interface Command<P extends string> {
  run: (input: Input<P>) => Promise<Output<P>>
  isRunning: boolean
  refusal: Refusal | null
  reset: () => void
}

export function useCommand<P extends CommandPath>(path: P): Command<P> {
  const mutation = useMutation<Output<P>, Refusal, Input<P>>({
    mutationFn: (input) => call(path.split('.'), input) as Promise<Output<P>>, // As above.
  })
  return { run: mutation.mutateAsync, isRunning: mutation.isPending, refusal: mutation.error, reset: mutation.reset }
}

/** Marks answers old whose procedure reads one of these topics; what is on the screen is asked again at once. */
export function invalidateTopics(topics: readonly string[]): void {
  const isOld = ({ queryKey: [path] }: { queryKey: readonly unknown[] }): boolean => {
    const procedure = typeof path === 'string' ? findProcedure(contract, path.split('.')) : undefined
    return procedure?.topics.some((topic) => topics.includes(topic)) ?? false
  }
  for (const client of [queryClient, ...clients.values()]) void client.invalidateQueries({ predicate: isOld })
}

function retryLostOnly(failures: number, error: unknown): boolean {
  return failures < 3 && error instanceof Refusal && error.code === 'CONNECTION_LOST'
}
