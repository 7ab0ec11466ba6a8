import { type FormEvent, useState } from 'react'
import type { FoundHost } from '#shared/domains/network/model.ts'
import { Refusal } from '#shared/rpc/errors.ts'
import { type Profile, profiles } from '#shared/sync/messages.ts'
import { profileWords } from '#renderer/app/network/words.ts'
import { errorText } from '#renderer/rpc/error-text.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { TextField } from '#renderer/ui/fields.tsx'
import { ChoiceField, FieldRow } from '#renderer/ui/form.tsx'
import { Notice } from '#renderer/ui/states.tsx'
import { JoinProgress } from './JoinProgress.tsx'
import { SetupFrame } from './SetupFrame.tsx'
import { useHosts, useJoin } from './useJoin.ts'
import styles from './Setup.module.css'

/** Which field a refusal is about; everything else stands above the buttons. */
const addressCodes = ['ADDRESS_UNREADABLE', 'HOST_UNREACHABLE', 'HOST_IS_OTHER']
const codeCodes = ['CODE_WRONG', 'CODE_OVER', 'PAIRING_LOCKED']

/** The third way in: this computer becomes one of a clinic that is here already. */
export function JoinStep({ onBack }: { onBack: () => void }) {
  const hosts = useHosts()
  const join = useJoin()
  const [typed, setAddress] = useState<string>()
  const [code, setCode] = useState('')
  const [name, setName] = useState('')
  const [profile, setProfile] = useState<Profile>('front-desk')
  // Where only one host answers there is nothing to choose; what is typed counts more.
  const address = typed ?? (hosts?.length === 1 ? hosts[0]?.address : undefined) ?? ''
  const missing = address.trim() === '' ? 'Choose a host, or type its address.' : code.trim() === '' ? 'The code is missing.' : name.trim() === '' ? 'Name this computer.' : undefined
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!missing) join.begin({ address: address.trim(), code: code.trim(), name: name.trim(), profile })
  }
  const errorAt = (codes: readonly string[]) => (join.error instanceof Refusal && codes.includes(join.error.code) ? errorText(join.error) : undefined)
  const other = join.error !== undefined && !errorAt(addressCodes) && !errorAt(codeCodes) ? errorText(join.error) : undefined
  return (
    <SetupFrame steps={[]} note="Nothing leaves the clinic’s own network." title="Join this clinic’s network" lead="At the host, an administrator opens Machines and chooses Add a machine. The code shown there is good for five minutes.">
      {join.step ? (
        <JoinProgress step={join.step} onStop={join.stop} />
      ) : (
        <form className={styles['fields']} noValidate onSubmit={submit}>
          <Hosts hosts={hosts} address={address} onChoose={setAddress} />
          <TextField
            label="Address of the host" description="Filled in when you choose one above; otherwise as the host shows it" autoComplete="off" spellCheck={false} maxLength={200} className="code"
            value={address} error={errorAt(addressCodes)} onChange={(event) => setAddress(event.currentTarget.value)}
          />
          <FieldRow>
            <TextField label="Code" description="Capital letters do not matter" autoFocus autoComplete="off" spellCheck={false} maxLength={200} className="unmistakable" value={code} error={errorAt(codeCodes)} onChange={(event) => setCode(event.currentTarget.value.toUpperCase())} />
            <TextField label="Name of this computer" description="Where it stands: Front desk 1" maxLength={80} value={name} onChange={(event) => setName(event.currentTarget.value)} />
          </FieldRow>
          <ChoiceField label="What it is used for" data={profiles.map((value) => ({ value, label: profileWords[value].name }))} value={profile} onChange={(value) => setProfile(profiles.find((one) => one === value) ?? profile)} />
          <p className={styles['hint']}>{profileWords[profile].name}: {profileWords[profile].holds}. Whoever says yes at the host can change this.</p>
          {other && <div role="alert"><Notice tone="bad">{other}</Notice></div>}
          <div className={styles['acts']}>
            <ActionButton type="submit" variant="filled" keys="Enter" disabledReason={missing}>
              Join
            </ActionButton>
            <ActionButton onClick={onBack}>Back</ActionButton>
          </div>
        </form>
      )}
    </SetupFrame>
  )
}

/** Found by the network itself: a hint, and never more than that. The code proves which host it is. */
function Hosts({ hosts, address, onChoose }: { hosts: readonly FoundHost[] | undefined; address: string; onChoose: (address: string) => void }) {
  return (
    <section className={styles['hosts']} aria-label="Hosts on this network">
      <p role="status">{hosts === undefined ? 'Looking for hosts on this network …' : hosts.length === 0 ? 'No host has answered yet. It goes on looking; the address can be typed.' : 'On this network:'}</p>
      {hosts && hosts.length > 0 && (
        <ul role="list">
          {hosts.map((host) => (
            <li key={host.address}>
              <button type="button" aria-pressed={host.address === address} onClick={() => onChoose(host.address)}>
                <strong>{host.clinicName ?? host.name}</strong>
                <span>{host.clinicName ? `${host.name} · ` : ''}<span className="code">{host.address}</span></span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
