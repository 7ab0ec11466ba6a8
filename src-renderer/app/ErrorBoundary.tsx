import { Component, type ReactNode } from 'react'
import { FailedPart } from '#renderer/ui/states.tsx'

interface Props {
  /** Beginning of "… could not be shown." */
  what: string
  children: ReactNode
}

/** React knows error boundaries as classes only. What fails stays in its place; the shell around it survives. */
export class ErrorBoundary extends Component<Props, { failed: boolean }> {
  override state = { failed: false }

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true }
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children
    return <FailedPart title={`${this.props.what} could not be shown.`} code="E-SCREEN" onRetry={() => this.setState({ failed: false })} />
  }
}
