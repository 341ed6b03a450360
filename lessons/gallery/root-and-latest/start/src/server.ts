const votes = new Map<string, number>();

Bun.serve({
  port: 3000,
  async fetch(request) {
    const choice = new URL(request.url).searchParams.get("choice");
    if (request.method === "POST" && choice !== null) {
      votes.set(choice, (votes.get(choice) ?? 0) + 1);
    }
    return Response.json(Object.fromEntries(votes));
  },
});
