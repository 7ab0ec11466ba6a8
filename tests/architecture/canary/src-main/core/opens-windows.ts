import { BrowserWindow } from 'electron'

export const forbidden = BrowserWindow
