/** Two soft notes. A machine without sound, or one that wants a press first, stays silent: the screen says it all. */
export function chime(): void {
  try {
    const audio = new AudioContext()
    const at = audio.currentTime
    for (const [i, pitch] of [660, 880].entries()) {
      const [note, loudness] = [audio.createOscillator(), audio.createGain()]
      note.frequency.value = pitch
      loudness.gain.setValueAtTime(0.0001, at + i * 0.28)
      loudness.gain.exponentialRampToValueAtTime(0.12, at + i * 0.28 + 0.04)
      loudness.gain.exponentialRampToValueAtTime(0.0001, at + i * 0.28 + 0.6)
      note.connect(loudness).connect(audio.destination)
      note.start(at + i * 0.28)
      note.stop(at + i * 0.28 + 0.65)
    }
    setTimeout(() => void audio.close(), 2_000)
  } catch {
    // No sound here.
  }
}
