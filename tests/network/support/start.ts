import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { makeClinic } from './clinic.ts'
import { freePort, killAll, Machine, type Place } from './machine.ts'

export interface Clinic {
  folder: string
  host: Machine
  /** As it is printed. */
  recoveryKey: string
  /** Another one, not started: on loopback unless it is told where. */
  machine(name: string, place?: Partial<Place>): Promise<Machine>
  end(): Promise<void>
}

/** A running host with the small demo clinic on it. */
export async function startClinic(hostPlace: Partial<Place> = {}): Promise<Clinic> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'cairn-machines-'))
  const machine = async (name: string, place: Partial<Place> = {}): Promise<Machine> => new Machine({ folder: path.join(folder, name), bind: '127.0.0.1', port: await freePort(), ...place })
  const host = await machine('host', hostPlace)
  const recoveryKey = await makeClinic(host.data)
  await host.startFirst()
  return {
    folder, host, machine, recoveryKey,
    end: async () => {
      await killAll()
      fs.rmSync(folder, { recursive: true, force: true })
    },
  }
}
