/** Moving pictures: the learner's camera, on only while it is asked for, or a video file. A frame is taken when there is time for it; those between are gone. */
import { freshKey, PictureError, readPixels, type SourcePicture } from './picture';

const REMEDY = 'Upload a picture or use one of the samples instead.';

function explain(error: unknown): PictureError {
  const name = error instanceof DOMException ? error.name : '';
  switch (name) {
    case 'NotAllowedError':
    case 'SecurityError':
      return new PictureError(
        'camera-refused',
        window.top === window.self
          ? 'The camera was not allowed.'
          : 'The camera was not allowed, perhaps by the page that this one is embedded in.',
        `Allow it beside the address of the page and try again. ${REMEDY}`,
      );
    case 'NotFoundError':
    case 'OverconstrainedError':
      return new PictureError(
        'camera-missing',
        'No camera was found.',
        `Plug one in and try again. ${REMEDY}`,
      );
    case 'NotReadableError':
    case 'AbortError':
      return new PictureError(
        'camera-busy',
        'The camera is there but gives no picture.',
        `Close other programs that use it and try again. ${REMEDY}`,
      );
    default:
      return new PictureError(
        'camera-failed',
        `The camera could not be started${error instanceof Error ? ` (${error.message})` : ''}.`,
        REMEDY,
      );
  }
}

export interface FrameSource {
  /** The newest frame; null before the first, and while nothing has moved since the last. */
  frame(): SourcePicture | null;
  /** Turns it off, with the camera's light. */
  stop(): void;
}

/**
 * @param ended called if the camera goes away by itself
 * @throws PictureError with what to do
 */
export async function startCamera(ended: () => void): Promise<FrameSource> {
  if (!navigator.mediaDevices?.getUserMedia)
    throw new PictureError(
      'camera-unavailable',
      window.isSecureContext
        ? 'This browser offers no camera.'
        : 'Browsers offer the camera only to pages loaded over https or from this computer itself.',
      REMEDY,
    );
  let stream: MediaStream;
  try {
    stream = await navigator.mediaDevices.getUserMedia({
      video: { width: { ideal: 640 }, height: { ideal: 480 }, facingMode: 'user' },
      audio: false,
    });
  } catch (error) {
    throw explain(error);
  }
  const stop = () => {
    for (const track of stream.getTracks()) track.stop();
  };
  const video = document.createElement('video');
  video.muted = true;
  video.playsInline = true;
  video.srcObject = stream;
  try {
    await video.play();
  } catch (error) {
    stop();
    throw explain(error);
  }
  stream.getVideoTracks()[0]?.addEventListener('ended', ended);

  const mirror = document.createElement('canvas');
  return {
    frame() {
      const { videoWidth: width, videoHeight: height } = video;
      if (width === 0 || video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA) return null;
      const takenAt = performance.now();
      mirror.width = width;
      mirror.height = height;
      const context = mirror.getContext('2d');
      if (!context) return null;
      // Mirrored, as in a mirror.
      context.setTransform(-1, 0, 0, 1, width, 0);
      context.drawImage(video, 0, 0, width, height);
      return {
        ...{ key: freshKey('camera'), title: 'Camera', alt: 'What your camera sees.', origin: 'camera' },
        rgba: readPixels(mirror, width, height),
        takenAt,
      };
    },
    stop,
  };
}

/**
 * Plays a video file without sound, over and over.
 * @throws PictureError if the browser cannot play it
 */
export async function startVideo(file: Blob, name: string, limit: number): Promise<FrameSource> {
  const address = URL.createObjectURL(file);
  const video = document.createElement('video');
  video.muted = true;
  video.loop = true;
  video.playsInline = true;
  video.src = address;
  const stop = () => {
    video.pause();
    video.removeAttribute('src');
    video.load();
    URL.revokeObjectURL(address);
  };
  try {
    await video.play();
  } catch {
    stop();
    throw new PictureError(
      'video-unreadable',
      `This browser cannot play “${name}”.`,
      'Save it as MP4 (H.264) or WebM and choose it again.',
    );
  }
  let last = -1;
  return {
    frame() {
      const { videoWidth: width, videoHeight: height, currentTime } = video;
      if (width === 0 || video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA || currentTime === last)
        return null;
      last = currentTime;
      const takenAt = performance.now();
      return {
        ...{ key: freshKey('video'), title: name, alt: `A frame of your video “${name}”.`, origin: 'video' },
        rgba: readPixels(video, width, height, limit),
        takenAt,
      };
    },
    stop,
  };
}
