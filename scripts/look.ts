/**
 * @file The contact sheet: `npm run look`. Every kind of page at four widths, light, dark and in print, photographed in
 * Chromium and laid out by it, into docs/look/; and the picture of the README, the front page after a live run. Wants
 * a build. The same build gives the same pictures, but for how a system draws its letters.
 */
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { chromium, type Browser, type Page } from 'playwright';
import { ensureBrowser, launchArguments } from './browser.mjs';
import { serve } from './serve.mjs';

/** Width of a page and the factor by which the sheet shows it. */
const widths = [
	{ width: 320, scale: 0.5 },
	{ width: 390, scale: 0.5 },
	{ width: 1280, scale: 0.4 },
	{ width: 1920, scale: 0.3 }
];
const paper = { width: 794, scale: 0.5 }; // A4 at 96 pixels an inch
const ROW = 620; // height of a picture on the sheet, pixels

type Picture = { label: string; width: number; data: string };
type Row = { title: string; pictures: Picture[] };
type Media = NonNullable<Parameters<Page['emulateMedia']>[0]>;

/** One of each kind of page, by the sitemap, and the page for what is missing. */
function kinds(): string[] {
	const all = [...readFileSync('build/sitemap.xml', 'utf8').matchAll(/<loc>(.*?)<\/loc>/g)].map(
		([, url]) => new URL(url).pathname
	);
	const lessons = all.filter((path) => /\/lessons\/./.test(path));
	return [...all.filter((path) => !lessons.includes(path)), ...lessons, '/no/such/page/'].filter(
		(path) => path !== undefined
	);
}

async function photograph(
	browser: Browser,
	url: string,
	media: Media,
	{ width, scale }: { width: number; scale: number }
): Promise<Picture> {
	const context = await browser.newContext({
		viewport: { width, height: Math.round(ROW / scale) },
		reducedMotion: 'reduce',
		deviceScaleFactor: 1
	});
	const page = await context.newPage();
	await page.emulateMedia(media);
	await page.goto(url);
	await page.waitForSelector('html[data-hydrated]', { state: 'attached' });
	await page.waitForLoadState('networkidle');
	await page.evaluate(() => document.fonts.ready.then(() => {}));
	const data = (await page.screenshot({ animations: 'disabled' })).toString('base64');
	await context.close();
	return { label: `${width} px`, width: Math.round(width * scale), data };
}

/** Lays the pictures out in the browser and photographs that. */
async function sheet(browser: Browser, heading: string, rows: Row[], file: string): Promise<void> {
	const page = await browser.newPage({ viewport: { width: 1500, height: 800 } });
	const figures = rows.map(
		({ title, pictures }) =>
			`<h2>${title}</h2><div>${pictures
				.map(
					({ label, width, data }) =>
						`<figure><img src="data:image/png;base64,${data}" width="${width}" height="${ROW}" alt=""><figcaption>${label}</figcaption></figure>`
				)
				.join('')}</div>`
	);
	await page.setContent(`<!doctype html><style>
		body { margin: 24px; width: max-content; background: #8a8a8a; color: #000; font: 16px/1.4 sans-serif }
		h1 { font-size: 22px; margin: 0 0 8px } h2 { font-size: 17px; margin: 20px 0 6px }
		div { display: flex; gap: 14px } figure { margin: 0 } img { display: block }
	</style><h1>${heading}</h1>${figures.join('')}`);
	await page.evaluate(() => Promise.all([...document.images].map((image) => image.decode())));
	const { width, height } = await page.evaluate(() => ({
		width: Math.ceil(document.body.getBoundingClientRect().width + 48),
		height: document.documentElement.scrollHeight
	}));
	await page.setViewportSize({ width, height: 800 });
	const session = await page.context().newCDPSession(page);
	for (let quality = 82; quality > 20; quality -= 12) {
		const { data } = await session.send('Page.captureScreenshot', {
			format: 'webp',
			quality,
			captureBeyondViewport: true,
			clip: { x: 0, y: 0, width, height, scale: 1 }
		});
		writeFileSync(file, Buffer.from(data, 'base64'));
		if (statSync(file).size < 1_500_000) break;
	}
	await page.close();
	console.log(`${file}  ${width} × ${height}  ${(statSync(file).size / 1000).toFixed(0)} kB`);
}

/** The front page at 1280 px after a live run. */
async function afterRun(browser: Browser, url: string, file: string): Promise<void> {
	const page = await browser.newPage({ viewport: { width: 1280, height: 1000 } });
	await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
	await page.goto(`${url}#spike.pace=fast`);
	await page.waitForSelector('html[data-hydrated]', { state: 'attached' });
	const exhibit = page.locator('[data-tokens]').first();
	await exhibit.getByRole('button', { name: /^Run/ }).first().click();
	await page.waitForFunction(() => {
		const root = document.querySelector('[data-tokens]');
		return (
			Number(root?.getAttribute('data-tokens')) > 0 && root?.getAttribute('aria-busy') === 'false'
		);
	});
	await page.mouse.move(1, 1);
	await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
	await page.waitForTimeout(500);
	await page.screenshot({ path: file, animations: 'disabled' });
	await page.close();
	console.log(`${file}  ${(statSync(file).size / 1000).toFixed(0)} kB`);
}

if (!existsSync('build/index.html')) {
	console.error('There is no build/ to photograph yet: run "npm run build" first.');
	process.exit(1);
}
mkdirSync('docs/look', { recursive: true });
const server = await serve({ folder: 'build' });
const browser = await chromium.launch({ executablePath: ensureBrowser(), args: launchArguments });
const address = (path: string) => server.url + path.slice(1);
try {
	for (const colorScheme of ['light', 'dark'] as const) {
		const rows: Row[] = [];
		for (const path of kinds()) {
			const pictures: Picture[] = [];
			for (const size of widths) {
				pictures.push(await photograph(browser, address(path), { colorScheme }, size));
			}
			rows.push({ title: path, pictures });
		}
		await sheet(browser, `Running Tab, ${colorScheme}`, rows, `docs/look/${colorScheme}.webp`);
	}
	const printed: Row[] = [];
	for (const path of kinds()) {
		const picture = await photograph(browser, address(path), { media: 'print' }, paper);
		const row = printed.at(-1);
		const named = { ...picture, label: path };
		if (row && row.pictures.length < 4) row.pictures.push(named);
		else printed.push({ title: 'A4', pictures: [named] });
	}
	await sheet(browser, 'Running Tab, in print', printed, 'docs/look/print.webp');
	await afterRun(browser, server.url, 'docs/running-tab.png');
} finally {
	await browser.close();
	await server.close();
}
