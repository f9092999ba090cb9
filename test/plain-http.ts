import type { Page } from 'playwright-core';

/** Loopback is the box itself; from now on the page is told what a phone in its Wi-Fi is told over plain HTTP. */
export async function overPlainHttp(page: Page): Promise<void> {
  await page.route('**/api/sign-in', (route) =>
    route.fulfill({
      json: {
        name: 'Ubizo',
        claimed: true,
        passwordsHere: false,
        secureUrl: 'https://10.77.0.1:8443/guide',
      },
    }),
  );
}
