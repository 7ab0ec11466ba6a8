import { useKeys } from '#renderer/app/keys/keys.tsx'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { IconBuilding, IconDeviceDesktop, IconEye } from '#renderer/ui/icons.ts'
import { SetupFrame } from './SetupFrame.tsx'
import styles from './Setup.module.css'

interface SetupStartProps {
  resumes: string | undefined
  onSetUp: () => void
  onExplore: () => void
  onJoin: () => void
}

/** The first screen of a new computer: a clinic of one's own, one to look around in, or the clinic that is here already. */
export function SetupStart({ resumes, onSetUp, onExplore, onJoin }: SetupStartProps) {
  useKeys([
    { id: 'setup.begin', keys: '1', label: 'Set up your clinic', where: 'Welcome', run: onSetUp },
    { id: 'setup.explore', keys: '2', label: 'Explore the demo clinic', where: 'Welcome', run: onExplore },
    { id: 'setup.join', keys: '3', label: 'Join this clinic’s network', where: 'Welcome', run: onJoin },
  ])
  return (
    <SetupFrame steps={[]} note="Nothing leaves this computer. No account, no internet." title="Welcome" lead="Patients, schedule, charts and billing of one clinic, kept on the clinic’s own computers.">
      <div className={styles['choices']}>
        <section>
          <IconBuilding size={26} stroke={1.5} />
          <h2>{resumes ? `Go on with ${resumes}` : 'Set up your clinic'}</h2>
          <p>Four steps, about 6 minutes. You need a printer for the recovery key. You can stop at any point and go on later.</p>
          <ActionButton variant="filled" keyId="setup.begin" onClick={onSetUp}>
            {resumes ? 'Go on' : 'Set up your clinic'}
          </ActionButton>
        </section>
        <section>
          <IconEye size={26} stroke={1.5} />
          <h2>Explore the demo clinic</h2>
          <p>1,200 invented patients, 18 months of visits, today half done. Ready in a few seconds, beside nothing of yours.</p>
          <ActionButton keyId="setup.explore" onClick={onExplore}>
            Explore the demo clinic
          </ActionButton>
        </section>
        <section>
          <IconDeviceDesktop size={26} stroke={1.5} />
          <h2>Join this clinic’s network</h2>
          <p>The clinic works with Cairn already. This computer gets its own copy, in about two minutes, with a code that is shown at the host.</p>
          <ActionButton keyId="setup.join" onClick={onJoin}>
            Join the network
          </ActionButton>
        </section>
      </div>
    </SetupFrame>
  )
}
