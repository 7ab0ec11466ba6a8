import Sqlite from 'better-sqlite3'

/** The machine stops here: power, kill -9. Whatever was not committed is gone. */
export class Crash extends Error {
  override name = 'Crash'
}

/** What may happen to a machine between two of its statements; set by the world for a while, calm otherwise. */
export interface Weather {
  beforeCommit: () => void
  afterCommit: () => void
  beforeWrite: () => void
  /** Seeded bugs change what a statement answers (bugs.ts). */
  asked: ((sql: string, answer: unknown) => unknown) | undefined
}

const nothing = (): void => {}
const calm = (): Weather => ({ beforeCommit: nothing, afterCommit: nothing, beforeWrite: nothing, asked: undefined })
/** Before another schedule: nothing of the last one hangs on. */
export const calmDown = (weather: Weather): void => void Object.assign(weather, calm())

/**
 * Puts hooks around the commit of each transaction and around each statement that writes. The production code above runs
 * as it is; a hook that throws is what the engine or the machine would do there.
 */
export function weave(client: Sqlite.Database): Weather {
  const weather = calm()
  weaveTransactions(client, weather)
  const prepare = client.prepare.bind(client)
  client.prepare = ((sql: string) => weaveStatement(prepare(sql) as Sqlite.Statement, sql, weather)) as typeof client.prepare // The same statement, hooked.
  return weather
}

function weaveTransactions(client: Sqlite.Database, weather: Weather): void {
  const transaction = client.transaction.bind(client) as (work: (...given: unknown[]) => unknown) => Sqlite.Transaction
  const woven = (work: (...given: unknown[]) => unknown) => {
    const inner = transaction(work)
    const outer = transaction((...given) => {
      const result = work(...given)
      weather.beforeCommit()
      return result
    })
    const immediate = (...given: unknown[]): unknown => {
      if (client.inTransaction) return inner(...given)
      const result = outer.immediate(...given) as unknown
      weather.afterCommit()
      return result
    }
    return Object.assign((...given: unknown[]) => (client.inTransaction ? inner(...given) : immediate(...given)), { immediate })
  }
  client.transaction = woven as unknown as typeof client.transaction // The two ways in which the product begins one.
}

function weaveStatement(statement: Sqlite.Statement, sql: string, weather: Weather): Sqlite.Statement {
  const [run, get, all] = [statement.run.bind(statement), statement.get.bind(statement), statement.all.bind(statement)]
  statement.run = (...given: unknown[]) => {
    weather.beforeWrite()
    return run(...given)
  }
  if (/^\s*select/i.test(sql)) {
    statement.get = (...given: unknown[]) => (weather.asked ? weather.asked(sql, get(...given)) : get(...given))
    statement.all = (...given: unknown[]) => (weather.asked ? (weather.asked(sql, all(...given)) as unknown[]) : all(...given))
  }
  return statement
}

/** As SQLite says it. */
export const diskFull = (code: 'SQLITE_FULL' | 'SQLITE_IOERR_WRITE'): Error => new Sqlite.SqliteError(code === 'SQLITE_FULL' ? 'database or disk is full' : 'disk I/O error', code)
