using Association.Architecture.Tests.Features.Circles.Shop;
using Association.Architecture.Tests.Features.Circles.Stock;

namespace Association.Architecture.Tests.Features
{
    /// <summary>Features that break the rule on purpose, and some that keep it.</summary>
    internal static class Circle
    {
        public const string Root = "Association.Architecture.Tests.Features.Circles";

        /// <summary>The types of these features; the empty name is the folder of the project itself.</summary>
        public static IEnumerable<Type> Types(params string[] features) =>
            typeof(Circle).Assembly.GetTypes().Where(t => features.Any(f => t.Namespace == (f.Length == 0 ? Root : $"{Root}.{f}")));
    }
}

namespace Association.Architecture.Tests.Features.Circles
{
    internal sealed class FrontDoor(Door.Knob knob)
    {
        public Door.Knob Knob => knob;
    }
}

namespace Association.Architecture.Tests.Features.Circles.Door
{
    internal sealed class Knob
    {
        public static object? Turn(FrontDoor door) => door.Knob;
    }
}

namespace Association.Architecture.Tests.Features.Circles.Shop
{
    internal sealed class Order
    {
        public int Count { get; } = new Shelf().Count();
    }
}

namespace Association.Architecture.Tests.Features.Circles.Stock
{
    internal sealed class Shelf : Exception
    {
        public int Count() => Data.Count;

        public static IEnumerable<int> Ordered(IEnumerable<object> all) => all.OfType<Order>().Select(o => o.Count);
    }
}

namespace Association.Architecture.Tests.Features.Circles.Till
{
    internal sealed class Drawer
    {
        public static int Counted(Order order) => order.Count;
    }
}

namespace Association.Architecture.Tests.Features.Circles.Places
{
    [AttributeUsage(AttributeTargets.Class)]
    internal sealed class ForAttribute(Type type) : Attribute
    {
        public Type Type => type;
    }

    internal sealed class InBody
    {
        public static int Count() => new Shelf().Count();
    }

    internal sealed class InAsyncLambda
    {
        public static Func<Task<int>> Later() =>
            async () =>
            {
                await Task.Yield();
                return new Shelf().Count();
            };
    }

    internal sealed class InGenericArgument
    {
        public static int Count(IEnumerable<object> all) => all.OfType<Shelf>().Count();
    }

    [For(typeof(Shelf))]
    internal sealed class InAttribute;

    internal sealed class InArrayOfParameter
    {
        public static int Count(Shelf[] all) => all.Length;
    }

    internal sealed class InCatch
    {
        public static void Try(Action work)
        {
            try
            {
                work();
            }
            catch (Shelf)
            {
                work();
            }
        }
    }
}
