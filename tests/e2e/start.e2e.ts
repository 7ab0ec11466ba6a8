import { expect, test } from './launch.ts'

test('a first start opens on the two ways to begin, without a scroll bar', async ({ launch }) => {
  const { page } = await launch()
  await expect(page.getByRole('button', { name: 'Set up your clinic' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Explore the demo clinic' })).toBeVisible()
  const size = await page.evaluate(() => ({ width: window.innerWidth, height: window.innerHeight, content: document.documentElement.scrollWidth }))
  expect(size).toEqual({ width: 1366, height: 768, content: 1366 })
})

test('the page has neither Node nor the network, and serves only its own files', async ({ launch }) => {
  const { page, refused } = await launch()
  await expect(page.getByRole('button', { name: 'Set up your clinic' })).toBeVisible()
  const reach = await page.evaluate(async () => {
    const attempt = async (address: string) => {
      // An image asks without being held by the page's connect rules, so this looks at the filter behind them too.
      const image = new Image()
      const outcome = new Promise((resolve) => {
        image.addEventListener('load', () => resolve('loaded'))
        image.addEventListener('error', () => resolve('refused'))
      })
      image.src = address
      return outcome
    }
    return {
      node: ['require', 'process', 'module', 'Buffer'].filter((name) => name in globalThis),
      outside: await attempt('https://example.com/pixel.png'),
      disk: await attempt('file:///etc/hostname'),
      above: await attempt('app://cairn/%2e%2e/%2e%2e/resources/package/icon.png'),
    }
  })
  expect(reach).toEqual({ node: [], outside: 'refused', disk: 'refused', above: 'refused' })
  expect(refused.splice(0).join()).toContain('example.com/pixel.png')
})

test('a second start on the same records ends and leaves them alone', async ({ launch }) => {
  const first = await launch()
  await expect(first.page.getByRole('button', { name: 'Set up your clinic' })).toBeVisible()
  const again = await launch({ data: first.data }).then(() => 'started', () => 'refused')
  expect(again).toBe('refused')
  await expect(first.page.getByRole('button', { name: 'Set up your clinic' })).toBeEnabled()
})
