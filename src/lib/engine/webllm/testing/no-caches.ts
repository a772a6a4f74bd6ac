/** @file A window that keeps nothing: whoever looks at its Cache Storage is refused. To be imported first. */

Object.defineProperty(globalThis, 'caches', {
	configurable: true,
	get() {
		throw new DOMException('The operation is insecure.', 'SecurityError');
	}
});
