import type { Contribution } from '#renderer/app/contribution.ts'
import { paths } from '#renderer/app/paths.ts'
import { useApiQuery } from '#renderer/rpc/api.ts'
import { registerErrorTexts } from '#renderer/rpc/error-text.ts'
import { IconClipboardList, IconPackage, IconTruckDelivery } from '#renderer/ui/icons.ts'
import { workCount } from './view.ts'
import { errorTexts } from './words.ts'

registerErrorTexts(errorTexts)

/** Items with something to do about them, whatever it is. */
function useWork(): number | undefined {
  const { data } = useApiQuery('inventory.alerts', {})
  return data && workCount(data)
}

export const inventoryContribution: Contribution = {
  domain: 'inventory',
  routes: [
    { path: '/stock', may: 'stock.read', page: async () => (await import('./StockPage.tsx')).StockPage },
    { path: '/stock/receive', may: 'stock.manage', page: async () => (await import('./ReceivePage.tsx')).ReceivePage },
    { path: '/stock/count', may: 'stock.manage', page: async () => (await import('./CountPage.tsx')).CountPage },
    { path: '/stock/lots/$lotId', may: 'stock.recall', page: async () => (await import('./RecallPage.tsx')).RecallPage },
    { path: '/encounters/$encounterId/stock', may: 'stock.use', page: async () => (await import('./UseStockPage.tsx')).UseStockPage },
    { path: '/print/count-sheet/$placeId', fullWindow: true, may: 'stock.manage', page: async () => (await import('./CountSheetPage.tsx')).CountSheetPage },
  ],
  places: [
    { id: 'stock', label: 'Stock', icon: IconPackage, path: paths.stock(), may: 'stock.read', goKey: 'S', useCount: useWork },
    { id: 'receive', label: 'Receive', icon: IconTruckDelivery, path: paths.receiveStock(), may: 'stock.manage' },
    { id: 'count', label: 'Count', icon: IconClipboardList, path: paths.countStock(), may: 'stock.manage' },
  ],
  commands: [
    { id: 'stock.open', label: 'Stock: what is here and what expires', icon: IconPackage, may: 'stock.read', run: ({ go }) => go(paths.stock()) },
    { id: 'stock.receive', label: 'Receive a delivery', icon: IconTruckDelivery, may: 'stock.manage', run: ({ go }) => go(paths.receiveStock()) },
    { id: 'stock.count', label: 'Count the stock', icon: IconClipboardList, may: 'stock.manage', run: ({ go }) => go(paths.countStock()) },
  ],
}
