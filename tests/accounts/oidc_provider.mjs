// A certified OpenID provider (npm oidc-provider) for the tests: node oidc_provider.mjs PORT CONFIGURATION
// CONFIGURATION is JSON: {accounts: {sub: claims}, clients: [{client_id, client_secret, redirect_uris, …}], claims: [names]}.
// Whoever logs in types the sub as name; the provider's own development pages ask. Says READY when it listens.
import Provider from "../node/node_modules/oidc-provider/lib/index.js";

const [, , port, text] = process.argv;
const { accounts, clients, claims } = JSON.parse(text);
const provider = new Provider(`http://127.0.0.1:${port}`, {
  clients,
  claims: { openid: ["sub"], profile: claims },
  // The claims stand in the id token itself, as Danish brokers send them.
  conformIdTokenClaims: false,
  pkce: { required: () => true },
  cookies: { keys: ["only for the tests"] },
  async findAccount(ctx, sub) {
    const own = accounts[sub];
    return own && { accountId: sub, claims: async () => ({ sub, ...own }) };
  },
});
provider.listen(Number(port), "127.0.0.1", () => console.log("READY"));
process.stdin.on("end", () => process.exit(0)).resume();
