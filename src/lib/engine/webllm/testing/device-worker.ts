import { checkDevice } from '../device.ts';

postMessage(await checkDevice());
