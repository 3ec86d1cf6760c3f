// What `import ... from 'lisping'` offers: the public API.
export {};
