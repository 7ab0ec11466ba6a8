import { useQueries } from '@tanstack/react-query'
import type { ContactFacts } from '#shared/domains/patients/model.contact.ts'
import type { ContactWay } from '#shared/domains/patients/rules.contact.ts'
import { limits } from '#shared/kernel/limits.ts'
import { useMay } from '#renderer/app/actor.tsx'
import { queryOptionsFor } from '#renderer/rpc/api.ts'
import { contactNotes } from './contact-words.ts'
import { Tag } from './StateTag.tsx'
import styles from './ContactNotes.module.css'

/** How each of these patients may be reached, a page at a time. Of whom nothing is known there is no line. */
export function useContactFacts(ids: readonly string[]): ReadonlyMap<string, ContactFacts> {
  const may = useMay('patient.details')
  const wanted = [...new Set(ids)]
  const pages = Array.from({ length: Math.ceil(wanted.length / limits.page_rows) }, (_, at) => wanted.slice(at * limits.page_rows, (at + 1) * limits.page_rows))
  const found = useQueries({ queries: pages.map((page) => ({ ...queryOptionsFor('patients.contactFacts', { ids: page }), enabled: may })) })
  return new Map(found.flatMap((page) => page.data ?? []).map((one) => [one.id, one]))
}

interface ContactNotesProps { facts: ContactFacts | undefined; way?: ContactWay; about?: 'recall' | 'visit' }

/** Small tags beside a phone number; nothing where there is nothing to heed. */
export function ContactNotes({ facts, way = 'call', about = 'visit' }: ContactNotesProps) {
  const notes = facts ? contactNotes(facts, way, about) : []
  if (notes.length === 0) return null
  return (
    <span className={styles['notes']} role="group" aria-label="How to reach">
      {notes.map(({ text, tone }) => <Tag key={text} tone={tone}>{text}</Tag>)}
    </span>
  )
}
