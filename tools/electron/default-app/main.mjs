// What Electron's own default app does for `electron FOLDER`: it runs the entry of that folder.
// Electron waits for this module before it says that it is ready, so the import is awaited:
// schemes and the sandbox have to be declared before that.
import { app } from 'electron'
import fs from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'

const target = process.argv.slice(1).find((argument) => !argument.startsWith('-'))
if (target === undefined) {
  console.error('usage: electron FOLDER [ARGUMENTS]')
  app.exit(2)
} else {
  process.defaultApp = true
  try {
    await import(pathToFileURL(entryOf(path.resolve(target))).href)
  } catch (error) {
    console.error(error)
    app.exit(1)
  }
}

function entryOf(target) {
  if (!fs.statSync(target).isDirectory()) return target
  const manifest = JSON.parse(fs.readFileSync(path.join(target, 'package.json'), 'utf8'))
  app.setAppPath(target)
  app.setName(manifest.productName ?? manifest.name)
  app.setVersion(manifest.version)
  return path.join(target, manifest.main ?? 'index.js')
}
