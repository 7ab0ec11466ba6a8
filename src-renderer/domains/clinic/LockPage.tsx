import { SignInPage } from './SignInPage.tsx'

export function LockPage() {
  return <SignInPage />
}
