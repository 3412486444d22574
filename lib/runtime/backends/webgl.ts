/** WebGL, only where it computes in 32-bit floats. */
import { GPGPUContext, MathBackendWebGL } from '@tensorflow/tfjs-backend-webgl';
import * as tf from '@tensorflow/tfjs-core';
import { deviceLost } from '../failure';
import { describeWebGlAdapter } from './adapter';
import { BackendRefused, checkAdapter, type Started, type StartOptions } from './candidate';

/** @throws BackendRefused without WebGL, or where it rounds to 16 bits */
export async function startWebGl({ acceptSoftware, onTrouble }: StartOptions): Promise<Started> {
  if (!tf.env().getNumber('WEBGL_VERSION')) throw new BackendRefused('this browser has no WebGL');
  // On many phones render targets hold 16-bit floats: clipped norms would be off in the third digit.
  if (!tf.env().getBool('WEBGL_RENDER_FLOAT32_ENABLED'))
    throw new BackendRefused('its graphics chip keeps 16 bits of a number where 32 are needed');
  if (!(await tf.setBackend('webgl'))) throw new BackendRefused('WebGL did not start');
  const backend = tf.backend();
  const gpgpu = backend instanceof MathBackendWebGL ? backend.gpgpu : null;
  if (!(gpgpu instanceof GPGPUContext)) throw new BackendRefused('WebGL did not start');
  const started = checkAdapter(describeWebGlAdapter(gpgpu.gl), acceptSoftware);
  const { gl } = gpgpu;
  gl.canvas.addEventListener('webglcontextlost', () => onTrouble(deviceLost()), { once: true });
  return { ...started, answers: async () => !gl.isContextLost() };
}
