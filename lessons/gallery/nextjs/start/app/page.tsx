import { recipes } from "../lib/recipes";

export default function Page() {
  return (
    <main>
      <h1>Recipe box</h1>
      <ul>
        {recipes.map((recipe) => (
          <li key={recipe.slug}>
            {recipe.title}, {recipe.minutes} minutes
          </li>
        ))}
      </ul>
    </main>
  );
}
