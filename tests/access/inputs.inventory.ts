import { ofFile, restrictedNames, type Entry } from './entry.ts'

const none = { input: () => ({}) }
const ofItem: Entry = { input: ({ stock }) => ({ id: stock.itemId }) }
const ofPlace: Entry = { input: ({ stock }) => ({ placeId: stock.cabinetId }) }
const visitGone = { absent: 'VISIT_NOT_FOUND' }

export const inventoryInputs: Readonly<Record<string, Entry>> = {
  'inventory.list': none,
  'inventory.alerts': none,
  'inventory.places': none,
  'inventory.item': ofItem,
  'inventory.moves': { input: ({ stock }) => ({ itemId: stock.itemId }) },
  'inventory.findLots': { input: () => ({ search: 'TX' }) },
  'inventory.recall': { input: { any: ({ stock }) => ({ lotId: stock.soonId }), restricted: ({ stock }) => ({ lotId: stock.soonId }) }, hidden: { restricted: restrictedNames } },
  'inventory.usesOfVisit': { input: ofFile(({ open }) => ({ encounterId: open.encounterId })), ...visitGone },
  'inventory.countSheet': ofPlace,
  'inventory.lastCount': ofPlace,
  'inventory.saveItem': { input: ({ newId }) => ({ id: newId(), name: 'Gauze swab', kind: 'supply', unit: 'piece', barcode: null, reorderPoint: null, parLevel: null, isActive: true }) },
  'inventory.savePlace': { input: ({ newId }) => ({ id: newId(), name: 'Visit bag', isActive: true, sortOrder: 3 }) },
  'inventory.receive': { input: ({ stock, newId }) => ({ id: newId(), placeId: stock.cabinetId, lines: [{ itemId: stock.itemId, lotNumber: 'TX300', expiresOn: '2028-01-31', quantity: 5, costCents: 1_000 }] }) },
  'inventory.use': {
    input: ofFile(({ open }, { stock, newId }) => ({ id: newId(), encounterId: open.encounterId, itemId: stock.itemId, picks: [{ lotId: stock.soonId, placeId: stock.cabinetId, quantity: 1 }] })), ...visitGone,
  },
  'inventory.waste': { input: ({ stock, newId }) => ({ id: newId(), lotId: stock.soonId, placeId: stock.cabinetId, quantity: 1, reason: 'damaged' }) },
  'inventory.giveBack': { input: ({ stock, newId }) => ({ id: newId(), lotId: stock.soonId, placeId: stock.cabinetId, quantity: 1, reason: 'to-supplier' }) },
  'inventory.transfer': { input: ({ stock, newId }) => ({ id: newId(), lotId: stock.soonId, placeId: stock.cabinetId, quantity: 1, toPlaceId: stock.fridgeId }) },
  'inventory.correct': {
    input: { own: ({ stock, newId }, caller) => ({ id: newId(), moveId: stock.wasted[caller] ?? stock.receivedMoveId }), colleague: ({ stock, newId }) => ({ id: newId(), moveId: stock.receivedMoveId }) },
    denials: { colleague: 'MOVE_NOT_YOURS' },
  },
  'inventory.count': { input: ({ stock, newId }) => ({ id: newId(), placeId: stock.cabinetId, lines: [{ lotId: stock.soonId, counted: 3 }] }) },
  'inventory.quarantine': { input: ({ stock }) => ({ lotId: stock.lateId, reason: 'recalled' }) },
  'inventory.release': { input: ({ stock }) => ({ lotId: stock.asideId }) },
}
