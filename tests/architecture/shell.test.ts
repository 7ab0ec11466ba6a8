import { inRoot } from '#tools/lib/paths.ts'
import fs from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'

// The goal: the ways in which an Electron program usually opens itself are not taken anywhere, or in one place only (R32, R33).
const files = (folder: string): string[] => fs.readdirSync(inRoot(folder), { recursive: true }).map((name) => path.join(folder, String(name))).filter((name) => /\.tsx?$/.test(name))
const shell = files('src-main')
const page = files('src-renderer')

test.each<[what: string, where: string[], pattern: RegExp, only: string[]]>([
  ['opens an address or a file in another program', shell, /\bopenExternal\(|\bopenPath\(|\bshowItemInFolder\(/, ['src-main/shell/video.ts']],
  ['collects crashes: a dump holds what was in memory', [...shell, ...page], /\bcrashReporter\b/, []],
  ['touches the clipboard: what a person copies is their act', [...shell, ...page], /\bclipboard\b(?!')/, []],
  ['loads a page from the disk', shell, /\.loadFile\(|file:\/\//, []],
  ['hands the page a part of Electron', shell, /exposeInMainWorld\(/, ['src-main/preload/preload.ts']],
  ['makes a window', shell, /new (BrowserWindow|BrowserView|WebContentsView)\(/, ['src-main/shell/window.ts']],
  ['listens to a page', shell, /\bipcMain\.(on|handle|once|handleOnce)\(/, ['src-main/shell/channels.ts']],
  ['makes a page from text', page, /dangerouslySetInnerHTML|\.(inner|outer)HTML\b|insertAdjacentHTML|document\.write|createContextualFragment|srcdoc/i, []],
  ['makes a function from text', [...shell, ...page], /\beval\(|new Function\(/, []],
  ['names an address of the web', page, /['"`]https?:\/\//, []],
  ['writes a style element', page, /<style|createElement\(['"`]style/, []],
])('nothing %s', (_what, where, pattern, only) => {
  const found = where.filter((file) => fs.readFileSync(inRoot(file), 'utf8').split('\n').some((line) => !/^\s*(\/\/|\/?\*)/.test(line) && pattern.test(line)))
  expect(found).toEqual(only)
})
