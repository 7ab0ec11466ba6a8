export function SetupPage() {
  return <h1>Set up this clinic</h1>
}
