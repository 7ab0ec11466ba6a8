import { planFor } from './plan.ts'
import { World } from './world.ts'
import { machineryFor } from './engine/machinery.ts'
const [seed, m, sql] = [Number(process.argv[2]), Number(process.argv[3]), process.argv[4]!]
const plan = planFor(seed)
const w = new World(plan, machineryFor(plan), { isTraced: true })
const node = w.nodes[m]!
let last = ''
const orig = w.trace.bind(w)
;(w as any).trace = (l: () => string) => { const now = JSON.stringify(node.disk.db.$client.prepare(sql).all()); if (now !== last) { console.log('        >>', now); last = now } ; const s = l(); console.log(w.agenda.now - Date.parse('2026-11-17T14:00:00.000Z'), s.slice(0, 180)) }
try { w.run() } catch (e) { console.log(String(e).slice(0, 1500)) }
