/**
 * Draws the pictures that must be bitmaps: icons from static/icon.svg, and the social picture. Run
 * by hand after the mark or the model's record has changed; the results are committed.
 *
 * `node scripts/run.mjs scripts/icons.ts`
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { chromium, type Page } from 'playwright';
import { ensureBrowser, launchArguments } from './browser.mjs';
import { size, social } from './icons/social.ts';

const mark = readFileSync('static/icon.svg', 'utf8');

/** `margin` is the share of the picture left free at each side; phones crop to a circle. */
async function icon(page: Page, file: string, size: number, margin: number, ground: string) {
	await page.setViewportSize({ width: size, height: size });
	await page.setContent(`<body style="margin:0;background:${ground}">
		<div style="box-sizing:border-box;height:100vh;padding:${margin * 100}vw">${mark}</div>`);
	writeFileSync(
		file,
		await page.screenshot({ omitBackground: ground === 'transparent', type: 'png' })
	);
	console.log(file);
}

const browser = await chromium.launch({ executablePath: ensureBrowser(), args: launchArguments });
const page = await browser.newPage();

await icon(page, 'static/icon-32.png', 32, 0, 'transparent');
await icon(page, 'static/icon-180.png', 180, 0.16, '#f5f2ec');
await icon(page, 'static/icon-512.png', 512, 0.16, '#f5f2ec');

await page.setViewportSize(size);
await page.setContent(social(mark));
await page.evaluate(() => document.fonts.ready);
await page.screenshot({ path: 'static/social.png' });
console.log('static/social.png');

await browser.close();
