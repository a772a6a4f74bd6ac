import { expect, test, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import NumberField from './NumberField.svelte';

async function show(props: { value: number; whole?: boolean }) {
	const onsettle = vi.fn();
	const { container } = await render(NumberField, {
		label: 'Temperature',
		min: 0,
		max: 2,
		onsettle,
		...props
	});
	const input = container.querySelector('input')!;
	const type = async (text: string) => {
		await userEvent.fill(input, text);
		await userEvent.keyboard('{Tab}');
	};
	const said = () => container.querySelector('[role=status]')!.textContent!;
	return { input, type, said, onsettle };
}

test('a decimal comma and Arabic digits are understood', async () => {
	const { input, type, said, onsettle } = await show({ value: 0 });
	await type('0,7');
	await expect.poll(() => input.value).toBe('0.7');
	await type('١٫٥');
	await expect.poll(() => input.value).toBe('1.5');
	expect(said()).toBe('');
	expect(onsettle).toHaveBeenCalledTimes(2);
});

test('what is no number stays to be mended, with a sentence, and the value stays too', async () => {
	const { input, type, said, onsettle } = await show({ value: 0.7 });
	await type('1,500');
	await expect.poll(said).toContain('This could be 1.500 or 1500');
	expect(said()).toContain('It stays at 0.7.');
	expect(input.value).toBe('1,500');
	expect(input.getAttribute('aria-invalid')).toBe('true');
	expect(input.getAttribute('aria-valuenow')).toBe('0.7');
	expect(onsettle).not.toHaveBeenCalled();
	await type('1.5');
	await expect.poll(said).toBe('');
	expect(input.getAttribute('aria-invalid')).toBe('false');
});

test('the arrow keys step within the bounds', async () => {
	const { input } = await show({ value: 1.9 });
	input.focus();
	await userEvent.keyboard('{ArrowUp}');
	await expect.poll(() => input.value).toBe('2');
	await userEvent.keyboard('{ArrowUp}{ArrowDown}{ArrowDown}');
	await expect.poll(() => input.value).toBe('1.8');
});
