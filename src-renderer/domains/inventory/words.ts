import type { itemKinds, MoveKind, MoveReason, quarantineReasons } from '#shared/domains/inventory/model.ts'
import type { ErrorTexts } from '#renderer/rpc/error-text.ts'
import type { StockFilter } from '#shared/domains/inventory/model.views.ts'

export const itemKindWords: Record<(typeof itemKinds)[number], string> = { drug: 'Drug', vaccine: 'Vaccine', supply: 'Supply' }

export const moveWords: Record<MoveKind, string> = { receive: 'Received', dispense: 'Used', return: 'Returned', waste: 'Wasted', count: 'Counted', transfer: 'Moved' }

export const reasonWords: Record<MoveReason, string> = {
  expired: 'expired', damaged: 'damaged', spoiled: 'spoiled', lost: 'lost', other: 'another reason', 'from-patient': 'from a patient', 'to-supplier': 'to the supplier',
  'entered-in-error': 'entered in error', 'already-counted': 'a count had seen it',
}

export const quarantineWords: Record<(typeof quarantineReasons)[number], string> = { recalled: 'Recalled', temperature: 'Was too warm or too cold', damaged: 'Damaged', 'in-question': 'Somebody has to look' }

export const filterWords: Record<StockFilter, string> = {
  all: 'All', 'below-zero': 'Below zero', 'below-reorder': 'To order', expired: 'Expired', 'expiring-30': '30 days', 'expiring-60': '60 days', 'expiring-90': '90 days', quarantined: 'Quarantine', retired: 'Not kept',
}

/** What happened, why, what next. The codes are the contract's. */
export const errorTexts: ErrorTexts = {
  ITEM_NOT_FOUND: 'This item is not in the stock list.',
  LOT_NOT_FOUND: 'This lot is not in the stock list.',
  PLACE_NOT_FOUND: 'This place is not kept any more. Choose another one.',
  LOT_QUARANTINED: 'This lot is in quarantine: nobody takes from it until it is released. Take another lot.',
  LOT_EXPIRED: 'This lot has expired. Take another lot, and waste this one.',
  LOT_DATES_DIFFER: 'This lot is known with another expiry date. Look at the box once more: if the number is right, so is the date that is known.',
  LOT_TWICE: 'One lot stands on two lines of the sheet. Add the two up on one line.',
  STOCK_BELOW_ZERO: 'More was used than the records know of. It is written down; count the item to settle it.',
  SAME_PLACE: 'It is at this place already. Choose where it goes.',
  ITEM_NAME_TAKEN: 'Another item has this name. Say what is different: strength, size, form.',
  BARCODE_TAKEN: 'Another item has this barcode.',
  UNIT_IN_USE: 'This item has moved in its unit already. Add a new item for another unit.',
  PLACE_IN_USE: 'Something is still kept here. Move it elsewhere first.',
  MOVE_NOT_YOURS: 'Somebody else wrote this. They, or whoever keeps the stock, can take it back. A count is put right by counting again.',
  ALREADY_CORRECTED: 'This was taken back already.',
  ALREADY_QUARANTINED: 'This lot is in quarantine already.',
  NOT_QUARANTINED: 'This lot is not in quarantine any more.',
}
