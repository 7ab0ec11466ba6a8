import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { makeAuthority, issueCertificate, makeRequest } from '#main/core/network/certificates.ts'
import { toInstant } from '#shared/kernel/time.ts'
import { inRoot } from '#tools/lib/paths.ts'
import type { Dataset } from '../support/dataset.ts'
import type { Question } from './host.ts'

const children: ChildProcess[] = []
export const endProcesses = (): void => children.forEach((child) => child.kill('SIGKILL'))

type Said = { value: unknown } | { code: string }

export interface BenchHost {
  address: string
  userId: string
  ask<T>(question: Question): Promise<T>
  /** Lets machines in one after the other; each gets its code. */
  letIn(count: number, join: (code: string) => Promise<unknown>): Promise<void>
  end(): Promise<void>
}

export async function startBenchHost(data: Dataset): Promise<BenchHost> {
  const child = fork(inRoot('tests/bench/network/host.ts'), [data.folder, data.key], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  children.push(child)
  const next = async (): Promise<Said> => (await once(child, 'message'))[0] as Said // What the child sends.
  await next()
  const ask = async <T>(question: Question): Promise<T> => {
    child.send(question)
    const said = await next()
    return ('value' in said ? said.value : undefined) as T // As the question has it.
  }
  const { port, userId } = await ask<{ port: number; userId: string }>({ is: 'feed' })
  return {
    ask, userId, address: `127.0.0.1:${port}`,
    letIn: async (count, join) => {
      let said = next()
      child.send({ is: 'let-in', count } satisfies Question)
      for (let i = 0; i < count; i += 1) {
        const shown = await said
        said = next()
        await join('code' in shown ? shown.code : '')
      }
      await said
    },
    end: async () => {
      child.kill('SIGKILL')
      await once(child, 'exit')
    },
  }
}

/** Answers its address. */
export async function startThinHost(): Promise<string> {
  const clinicId = crypto.randomUUID()
  const at = toInstant(Date.now())
  const { privateKey, request } = await makeRequest(clinicId)
  const certificate = await issueCertificate(await makeAuthority({ clinicId, at }), request, { clinicId, deviceId: clinicId, at })
  const file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'cairn-bench-')), 'thin.db')
  const child = fork(inRoot('tests/bench/network/thin-host.ts'), [file, '07'.repeat(32), certificate ?? '', privateKey], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  children.push(child)
  const [{ value }] = (await once(child, 'message')) as [{ value: number }] // Its port.
  return `127.0.0.1:${value}`
}
