import { Checkbox, MultiSelect, Textarea } from '@mantine/core'
import { useState } from 'react'
import { validities, consentScopes, type ConsentForm, type ConsentFormFields } from '#shared/domains/consents/model.ts'
import { limits } from '#shared/kernel/limits.ts'
import { useActor } from '#renderer/app/actor.tsx'
import { SidePanel } from '#renderer/app/SidePanel.tsx'
import { useApiQuery, useCommand } from '#renderer/rpc/api.ts'
import { errorText } from '#renderer/rpc/error-text.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { TextField } from '#renderer/ui/fields.tsx'
import { ChoiceField, Form } from '#renderer/ui/form.tsx'
import { IconFileCheck } from '#renderer/ui/icons.ts'
import { Notice } from '#renderer/ui/states.tsx'
import { showToast } from '#renderer/ui/toast-store.ts'
import { dropFormDraft, newFormDraft, useFormDraft } from './form-draft.ts'
import { scopeWords, validityWords } from './words.ts'

/** One form as its next version. What patients have signed keeps its words. */
export function ConsentFormPanel({ form, onClose }: { form: ConsentForm | undefined; onClose: () => void }) {
  const { userId } = useActor()
  const key = `${userId} ${form?.id ?? 'new'}`
  const [first] = useState(() => newFormDraft(form))
  const [draft, change] = useFormDraft(key, first)
  const [wasTried, setTried] = useState(false)
  const types = useApiQuery('scheduling.listTypes', {})
  const save = useCommand('consents.saveForm')
  const { fields, asksAgain } = draft
  const set = (changes: Partial<ConsentFormFields>) => change({ fields: { ...fields, ...changes } })
  const lacks = { name: fields.name.trim() === '', text: fields.text.trim() === '', types: fields.scope === 'types' && fields.typeIds.length === 0 }
  const submit = async () => {
    setTried(true)
    if (Object.values(lacks).some(Boolean) || save.isRunning) return
    const saved = await save.run({ id: draft.id, formId: form?.formId ?? draft.formId, basedOn: form?.version ?? null, fields, asksAgain: form === undefined || asksAgain }).catch(() => undefined)
    if (!saved) return
    dropFormDraft(key)
    showToast({ text: `Saved as version ${saved.version}:`, strong: saved.name })
    onClose()
  }
  return (
    <SidePanel
      title={form ? 'Change form' : 'New form'} icon={IconFileCheck} width={520} onClose={onClose}
      footer={<ActionButton variant="filled" keyId="form.submit" running={save.isRunning} onClick={() => void submit()}>{form ? `Save as version ${form.version + 1}` : 'Save form'}</ActionButton>}
    >
      <Form where="Consent forms" submitLabel="Save form" onSubmit={() => void submit()}>
        {save.refusal && <Notice tone="bad" title="Not saved.">{errorText(save.refusal)}</Notice>}
        <TextField label="Name" data-autofocus maxLength={limits.name_chars} autoComplete="off" value={fields.name} error={wasTried && lacks.name ? 'Give it a name.' : undefined} onChange={(event) => set({ name: event.currentTarget.value })} />
        <Textarea
          label="Text, as the patient reads it" description="An empty line begins a new paragraph." autosize minRows={10} maxRows={16} maxLength={limits.consent_text_chars}
          value={fields.text} error={wasTried && lacks.text ? 'Write what the patient signs.' : undefined} onChange={(event) => set({ text: event.currentTarget.value })}
        />
        <ChoiceField label="Signed" data={validities.map((value) => ({ value, label: validityWords[value] }))} value={fields.validity} onChange={(value) => set({ validity: value as ConsentFormFields['validity'] })} /> {/* One of the choices. */}
        <ChoiceField label="Asked at" data={consentScopes.map((value) => ({ value, label: scopeWords[value] }))} value={fields.scope} onChange={(value) => set({ scope: value as ConsentFormFields['scope'] })} /> {/* One of the choices. */}
        {fields.scope === 'types' && (
          <MultiSelect label="Visit types" searchable data={(types.data ?? []).map((type) => ({ value: type.id, label: type.name }))} value={fields.typeIds} error={wasTried && lacks.types ? 'Choose at least one.' : undefined} onChange={(typeIds) => set({ typeIds })} />
        )}
        <Checkbox label="Reviewed by the clinic’s lawyer" description="Until then everybody who opens it is told." checked={fields.isReviewed} onChange={(event) => set({ isReviewed: event.currentTarget.checked })} />
        <Checkbox label="Asked" description="Off: nobody is asked any more, and what was signed stays." checked={fields.isActive} onChange={(event) => set({ isActive: event.currentTarget.checked })} />
        {form && <Checkbox label="Everybody signs again" description="On: the text means something else now. Off: what was signed under the old words holds." checked={asksAgain} onChange={(event) => change({ asksAgain: event.currentTarget.checked })} />}
      </Form>
    </SidePanel>
  )
}
