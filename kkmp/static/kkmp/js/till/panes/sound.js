// What is heard by whoever scans without looking at the screen.
let audio = null;

/** Two low tones: this code is not taken. Silent where the device has no sound. */
export function soundWrong() {
  try {
    audio ??= new AudioContext();
    audio.resume();
    for (const [after, pitch] of [[0, 330], [0.18, 220]]) tone(audio, audio.currentTime + after, pitch);
  } catch {
    // The words on the screen say it as well.
  }
}

function tone(context, at, pitch) {
  const [sound, volume] = [context.createOscillator(), context.createGain()];
  sound.type = "square";
  sound.frequency.value = pitch;
  volume.gain.setValueAtTime(0.12, at);
  volume.gain.exponentialRampToValueAtTime(0.001, at + 0.16);
  sound.connect(volume).connect(context.destination);
  sound.start(at);
  sound.stop(at + 0.17);
}
