import fs from 'node:fs'
import path from 'node:path'
import type { CsvEvent, CsvImport, CsvReading } from '#shared/domains/migration/csv/contract.ts'
import type { CsvKind } from '#shared/domains/migration/csv/model.ts'
import type { CairnClient } from '#shared/rpc/client.ts'
import type { World } from './world.ts'

/** What a small clinic brings, as three programs and four people wrote it. */
export const messyPatients = Buffer.concat([
  Buffer.from('\uFEFFAcct #,Last Name,First Name,MI,DOB,Sex,SSN,Address,City,State,Zip,Phone,E-mail,Insurance,Member ID,Notes\r\n'),
  Buffer.from('1,Muñoz,José,R,02/20/1969,male,900-11-2222,12 Elm Street,Dayton,OH,45412,(937) 555-5051,,Aetna,AA1,\r\n'),
  Buffer.from('2,MU\u00d1OZ,Jos\u00e9,,"Feb 20, 1969",M,,12 Elm St,Dayton,OH,45412,555-5051,,Aetna,AA1,"line one\nline two"\r\n', 'latin1'),
  Buffer.from('3,Reed,Anna,,3/14/2015,F,,9 Oak Lane,Troy,OH,45373,937.555.2000,,Cigna,,\r\n'),
  Buffer.from('4,Reed,Ella,,3/14/2015,F,,9 Oak Lane,Troy,OH,45373,937.555.2000,,Cigna,,\r\n'),
  Buffer.from('5,Stone,Peter,,01/02/1950,M,,4 Hill Rd,Xenia,OH,45385,937-555-3000,,,,\r\n'),
  Buffer.from('6,Stone Jr,Peter,,05/06/1980,M,,4 Hill Rd,Xenia,OH,45385,937-555-3000,,,,\r\n'),
  Buffer.from('7,Vale,Nora,,31/12/1980,F,,,,,,none,,,,\r\n'),
  Buffer.from('8,Gra?ham,Tom,,,M,,,,,,,,,,\r\n'),
  Buffer.from('9,Hale,Maria,,26543,F,,1 Pine St,Piqua,OH,45356,937-555-4000,,,,\r\n'),
  Buffer.from('10,Hale,Marta,,26543,F,,1 Pine St,Piqua,OH,45356,937-555-4000,,,,\r\n'),
])
export const messyAppointments = 'Date,Time,Len,Patient,DOB,Phone,Provider,Type,Status,Comment\r\n02/24/2025,11:15 AM,15,"Muñoz, José",02/20/1969,,Dr. Who,OV,DONE,\r\n03/01/2025,9:45a,,"Reed, Anna",03/14/2015,,Dr. Who,Flu shot,N/S,late\r\n03/02/2025,25:00,30,"Reed, Ella",03/14/2015,,Dr. Who,OV,DONE,\r\n03/03/2025,10:00,30,"Nobody, Known",01/01/1970,,Dr. Who,OV,DONE,\r\n'
export const messyLedger = 'Date,Acct #,Patient,Invoice,Type,Code/Method,Charge,Credit,Balance\r\n04/14/2023,1,"Muñoz, José",I1,Charge,OV,"$1,234.00",,"$1,234.00"\r\n04/15/2023,1,,I1,Ins Pmt,Aetna,,(34.00),"1,200.00"\r\n04/16/2023,1,,I1,Adj,CO-45,,200.00-,"1,000.00"\r\n45032,3,,I2,Charge,FLU,45.00,,45.00\r\n45033,3,,I2,Pt Pmt,CASH,,50.00,-5.00\r\n45034,3,,I2,Refund,overpaid,5.00,,0.00\r\n45034,99,,I3,Charge,OV,10.00,,10.00\r\n,,TOTAL,,,,,,"$1,010.00"\r\n'

export function written(world: World, name: string, content: string | Buffer): string {
  const file = path.join(world.folder, name)
  fs.writeFileSync(file, content)
  return file
}

export async function staged(world: World, client: CairnClient, file: string, kind: CsvKind, change: Partial<CsvReading> = {}): Promise<CsvImport> {
  const look = await client.migration.lookCsv({ path: file, kind })
  const id = world.core.platform.newId()
  return lastOf(await client.migration.stageCsv({ id, path: file, kind, reading: { ...look.reading, source: 'old', ...change } }))
}
export const committed = async (client: CairnClient, { id, kind, rowCount }: Pick<CsvImport, 'id' | 'kind' | 'rowCount'>): Promise<CsvImport> => lastOf(await client.migration.commitCsv({ id, kind, rowCount }))
export const undone = async (client: CairnClient, id: string): Promise<CsvImport> => lastOf(await client.migration.undoCsv({ id }))

async function lastOf(events: AsyncIterable<CsvEvent>): Promise<CsvImport> {
  let report: CsvImport | undefined
  for await (const event of events) if (event.kind === 'done') report = event.report
  if (!report) throw new Error('an import that is not stopped ends with its report')
  return report
}
