import { expect, test, vi } from 'vitest';
import { render } from 'vitest-browser-svelte';
import Inside from './until-touched.inside.fixture.svelte';
import Page from './until-touched.fixture.svelte';

/** As a server draws the component. */
const html =
	'<!--[--><button>5</button> <input value=""/><input type="file"/><output></output> <form><button>0</button></form><!--]-->';

const button = () => document.querySelector<HTMLButtonElement>('.exhibit button')!;
const input = () => document.querySelector<HTMLInputElement>('.exhibit input')!;
const output = () => document.querySelector('.exhibit output')!.textContent;

/** Code that arrives when it is let go. */
function code() {
	let arrive = () => {};
	let fail = () => {};
	const load = vi.fn(
		() =>
			new Promise<{ default: typeof Inside }>((resolve, reject) => {
				arrive = () => resolve({ default: Inside });
				fail = () => reject(new TypeError('offline'));
			})
	);
	return { load, arrive: () => arrive(), fail: () => fail() };
}

test('fetches nothing until it is touched, and stands there as it was drawn', async () => {
	const { load } = code();
	await render(Page, { load, html });
	expect(button().textContent).toBe('5');
	expect(load).not.toHaveBeenCalled();
	button().dispatchEvent(new PointerEvent('pointerover', { bubbles: true }));
	button().dispatchEvent(new PointerEvent('pointerover', { bubbles: true }));
	expect(load).toHaveBeenCalledTimes(1);
});

test('takes over the elements that are there', async () => {
	const { load, arrive } = code();
	await render(Page, { load, html });
	const before = button();
	before.focus();
	expect(load).toHaveBeenCalledTimes(1);
	arrive();
	await expect.poll(() => (before.click(), Number(before.textContent))).toBeGreaterThan(5);
	expect(button()).toBe(before);
	expect(document.activeElement).toBe(before);
});

test('does what was pressed and typed before the code came, once', async () => {
	const { load, arrive } = code();
	await render(Page, { load, html });
	button().click();
	input().value = 'early';
	input().dispatchEvent(new Event('input', { bubbles: true }));
	expect(button().textContent).toBe('5');
	arrive();
	await expect.poll(() => button().textContent).toBe('6');
	expect(input().value).toBe('early');
	await expect.poll(output).toBe('early');
	button().click();
	await expect.poll(() => button().textContent).toBe('7');
});

test('takes up a file that was chosen before the code came', async () => {
	const { load, arrive } = code();
	await render(Page, { load, html });
	const chooser = document.querySelector<HTMLInputElement>('.exhibit [type=file]')!;
	const transfer = new DataTransfer();
	transfer.items.add(new File(['{}'], 'run.json'));
	chooser.files = transfer.files;
	chooser.dispatchEvent(new Event('change', { bubbles: true }));
	arrive();
	await expect.poll(output).toBe('run.json');
});

test('sends a form once, however often its button was pressed before the code came', async () => {
	const { load, arrive } = code();
	await render(Page, { load, html });
	const send = document.querySelector<HTMLButtonElement>('.exhibit form button')!;
	send.click();
	send.click();
	expect(send.textContent).toBe('0');
	arrive();
	await expect.poll(() => send.textContent).not.toBe('0');
	expect(send.textContent).toBe('1');
	send.click();
	await expect.poll(() => send.textContent).toBe('2');
});

test('stands as it is when the code cannot be fetched, and tries again at the next touch', async () => {
	const { load, arrive, fail } = code();
	await render(Page, { load, html });
	button().click();
	fail();
	await expect
		.poll(() => {
			button().dispatchEvent(new PointerEvent('pointerover', { bubbles: true }));
			return load.mock.calls.length;
		})
		.toBe(2);
	expect(button().textContent).toBe('5');
	arrive();
	await expect.poll(() => (button().click(), Number(button().textContent))).toBeGreaterThan(5);
});

test('is not started any more when the page has been left', async () => {
	const { load, arrive } = code();
	const page = await render(Page, { load, html });
	const before = button();
	before.click();
	await page.unmount();
	arrive();
	await Promise.resolve();
	await new Promise((resolve) => setTimeout(resolve, 20));
	expect(before.textContent).toBe('5');
});

test('says what is touched', async () => {
	const near = vi.fn();
	const { load } = code();
	await render(Page, { load, html, near });
	button().focus();
	expect(near).toHaveBeenCalledWith(button());
});

test('comes by itself where no server has drawn it', async () => {
	const { load, arrive } = code();
	await render(Page, { load, html: '' });
	expect(load).toHaveBeenCalledTimes(1);
	arrive();
	await expect.poll(() => button()?.textContent).toBe('5');
});
