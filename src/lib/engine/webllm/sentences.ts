/**
 * @file What readers are told about their device, a model's fit and a mirror's address: what is so, and what helps. Nothing here
 * is an accusation: the pocket model works everywhere, and most sentences say so.
 */
import { size } from '../size.ts';
import type { Unknown } from './device.ts';
import type { LimitName } from './limits.ts';
import type { Model } from './model.ts';

/** What stands on the button that loads a model, and how sentences name it. */
export const LOAD = 'Load it onto the GPU';

type Named = Pick<Model, 'name'>;
type Weighed = Pick<Model, 'name' | 'downloadBytes' | 'gpuBytes'>;

/** Why no real model runs on this device. */
export const refusals = {
	insecure: () =>
		'Browsers let a page use the graphics chip only over a secure connection. Open this site by an address that begins with https, or on localhost. The pocket model works here all the same.',

	noWebGpu: () =>
		'This browser does not let pages compute on the graphics chip: it has no WebGPU. A current Chrome, Edge, Firefox or Safari may have it. The pocket model needs none and works here.',

	noAdapter: () =>
		'This browser found no graphics chip that it may use. Often the reason is a remote desktop, an old driver, or a setting of the school or firm that owns the device. The pocket model works here all the same.',

	silentAdapter: () =>
		'This browser was asked for the graphics chip and did not answer. Restarting the browser often helps. The pocket model works meanwhile.',

	slowOnly: () =>
		'This browser keeps its fast graphics chip from pages, and the program that runs real models asks for that one. On a laptop, plug in the charger, switch energy saving off and reload the page. The pocket model works here all the same.',

	refused: () =>
		'There is a graphics chip, but it refused to work for this page. Close other pages and programs that use it, or restart the browser, then reload this page. The pocket model works meanwhile.',

	silent: () =>
		'There is a graphics chip, but it did not answer in time. It may be busy: close other pages and programs that use it, then reload this page. The pocket model works meanwhile.'
};

/** Why the GPU is too small in kind, whatever the model. */
export const limits: Record<LimitName, (has: number, needs: number) => string> = {
	maxStorageBuffersPerShaderStage: (has, needs) =>
		`A real model hands ${needs} pieces of memory to the graphics chip at once; this one takes ${has}, or the browser allows no more. The pocket model works here all the same.`,

	maxComputeWorkgroupStorageSize: (has, needs) =>
		`A real model needs ${kib(needs)} of quick memory inside the graphics chip; this browser offers ${kib(has)}. Another browser on this device may offer more. The pocket model works here all the same.`,

	maxBufferSize: (has, needs) =>
		`A real model needs pieces of graphics memory of up to ${mib(needs)}; this browser offers ${mib(has)} at most. Another browser on this device may offer more. The pocket model works here all the same.`,

	maxStorageBufferBindingSize: (has, needs) =>
		`A real model's programs read up to ${mib(needs)} of graphics memory as one piece; this browser lets them read ${mib(has)}. Another browser on this device may allow more. The pocket model works here all the same.`
};

const kib = (bytes: number) => `${Math.floor(bytes / 1024)} KiB`;
const mib = (bytes: number) => `${Math.floor(bytes / 2 ** 20)} MiB`;

/** About one model on one device. */
export const fit = {
	noF16: ({ name }: Named) =>
		`${name} calculates with numbers of 16 bits, and this graphics chip, or this browser, does not.`,

	twinInstead: ({ name }: Named, twin: Weighed) =>
		`This graphics chip has no 16-bit arithmetic, so ${name} comes in its 32-bit form: the download is the same ${size(twin.downloadBytes)}, and it takes ${size(twin.gpuBytes)} of graphics memory.`,

	tooLarge: ({ name }: Named, needs: number, has: number) =>
		`${name} has a piece of ${mib(needs)} that must lie in graphics memory as one, and here no piece may be larger than ${mib(has)}.`,

	/** @param adapter what the browser calls the chip */
	software: (adapter: string) =>
		`This browser found no graphics chip and would compute its work on the processor${adapter ? ` (${adapter})` : ''}. One token may take a quarter of a minute or more. We advise against it: the pocket model writes hundreds of tokens a second here.`,

	storage: ({ name, downloadBytes }: Weighed, free: number) =>
		`${name} is a download of about ${size(downloadBytes)}, and this browser estimates that it can store ${size(free)} more. It may have to be fetched again on the next visit.`,

	notKept: ({ name, downloadBytes }: Weighed) =>
		`This window keeps no files, so the ${size(downloadBytes)} of ${name} would be fetched again on every visit. An ordinary window, not a private one, keeps them.`,

	memory: ({ name, gpuBytes }: Weighed, memory: number) =>
		`${name} takes ${size(gpuBytes)} of memory, and this device says that it has about ${gib(memory)} in all. It may run out; what is on the page would stay.`,

	phone: ({ name, gpuBytes }: Weighed) =>
		`${name} takes ${size(gpuBytes)} of memory. Phones and tablets close pages that take much, so it may not hold.`,

	metered: ({ downloadBytes }: Weighed) =>
		`Your connection seems to be paid by the megabyte, or the browser is set to save data. This is a download of about ${size(downloadBytes)}.`
};

const gib = (bytes: number) => `${Math.round((bytes / 2 ** 30) * 10) / 10} GiB`;

/** What the browser would not say. */
export const unknowns: Record<Unknown, () => string> = {
	storage: () => 'This browser does not say how much it can still store.',
	persistence: () => 'This browser does not say whether it keeps what is stored.',
	connection: () => 'This browser does not say whether your connection is paid by the megabyte.',
	memory: () => 'This browser does not say how much memory the device has.',
	'adapter-name': () => 'This browser does not say which graphics chip it found.'
};

/** Never known, on any device. */
export const graphicsMemory = () =>
	'No browser says how much graphics memory is free. If a model does not fit, you are told so when it is loaded, and nothing else is lost.';

/** Beside a free space that is known. */
export const storageEstimate = (free: number) =>
	`This browser estimates that it can store about ${size(free)} more. It is only an estimate.`;

/** What is wrong with the address of a mirror. */
export const address = {
	empty: () => 'Type the address of the folder that holds the models.',

	unreadable: () =>
		'This is not an address that a browser can read. It should look like https://models.example.org/tab/ or /models/.',

	noPage: () =>
		'This page was opened as a file, so an address has to be written in full: https://… or http://localhost…',

	scheme: (scheme: string) =>
		`Addresses of models begin with https:// or http://, not with ${scheme}//.`,

	credentials: () =>
		'Leave name and password out of the address: it is kept in this browser and shown on the page.',

	more: () =>
		'The address must end with the name of the folder: leave out what follows a question mark or a number sign.',

	plainHttp: (host: string) =>
		`Over plain http, anyone on the way to ${host} could change the files. Use https, or a computer on your own network.`,

	mixed: (host: string) =>
		`This page came over https, and browsers do not let such a page fetch from ${host} over plain http. Serve the models over https, or serve this site from the same computer.`
};
