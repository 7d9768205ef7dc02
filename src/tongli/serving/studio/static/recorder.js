// Sound from the microphone as a WAV file of 16 kHz, mono, 16 bit. It stays in this tab until it is handed on.
const recorder = (() => {
  const RATE = 16000;
  const HEADER = 44;
  let running = null;

  // Start, or stop and hand the file to `take`; `tell` hears "on", "off", "refused", "none" or "silent".
  function toggle(button, seconds, take) {
    const tell = (detail) => button.dispatchEvent(new CustomEvent("sound", { detail }));
    if (running) return running.stop();
    start(seconds, tell, take).catch((error) => {
      running = null;
      tell(error.name === "NotAllowedError" ? "refused" : "none");
    });
  }

  async function start(seconds, tell, take) {
    const stream = await navigator.mediaDevices.getUserMedia({ audio: { channelCount: 1 } });
    const pieces = [];
    const recording = new MediaRecorder(stream);
    const clock = setTimeout(() => running?.stop(), seconds * 1000);
    running = { stop: () => recording.state === "recording" && recording.stop() };
    recording.addEventListener("dataavailable", (event) => pieces.push(event.data));
    recording.addEventListener("stop", async () => {
      running = null;
      clearTimeout(clock);
      for (const track of stream.getTracks()) track.stop();
      tell("off");
      try {
        take(new File([wav(await samples(new Blob(pieces), seconds))], "recording.wav", { type: "audio/wav" }));
      } catch {
        tell("silent");
      }
    });
    recording.start();
    tell("on");
  }

  // Samples at RATE, channels averaged, at most as many as the longest recording has.
  async function samples(blob, seconds) {
    const context = new OfflineAudioContext(1, 1, RATE);
    const sound = await context.decodeAudioData(await blob.arrayBuffer());
    const mixed = new Float32Array(Math.min(sound.length, RATE * seconds));
    for (let channel = 0; channel < sound.numberOfChannels; channel++) {
      const data = sound.getChannelData(channel);
      for (let at = 0; at < mixed.length; at++) mixed[at] += data[at] / sound.numberOfChannels;
    }
    return mixed;
  }

  function wav(mixed) {
    const view = new DataView(new ArrayBuffer(HEADER + 2 * mixed.length));
    const word = (at, text) => [...text].forEach((letter, place) => view.setUint8(at + place, letter.charCodeAt(0)));
    word(0, "RIFF");
    view.setUint32(4, HEADER - 8 + 2 * mixed.length, true);
    word(8, "WAVEfmt ");
    view.setUint32(16, 16, true);
    view.setUint16(20, 1, true); // PCM
    view.setUint16(22, 1, true);
    view.setUint32(24, RATE, true);
    view.setUint32(28, 2 * RATE, true);
    view.setUint16(32, 2, true);
    view.setUint16(34, 16, true);
    word(36, "data");
    view.setUint32(40, 2 * mixed.length, true);
    mixed.forEach((value, at) => view.setInt16(HEADER + 2 * at, Math.max(-1, Math.min(1, value)) * 0x7fff, true));
    return view;
  }

  return { toggle };
})();
