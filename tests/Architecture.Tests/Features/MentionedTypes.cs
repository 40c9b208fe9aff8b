using System.Reflection;
using System.Reflection.Emit;

namespace Association.Architecture.Tests.Features;

/// <summary>
/// Every type that a compiled type speaks of: in signatures, attributes and bodies, lambdas and async methods included. A constant is not seen, the compiler
/// copies its value.
/// </summary>
internal static class MentionedTypes
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<short, OpCode> Codes = typeof(OpCodes)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(f => (OpCode)f.GetValue(null)!)
        .ToDictionary(c => c.Value);

    /// <summary>The types, without what they are generic over or nested in: those stand beside them.</summary>
    public static IEnumerable<Type> Of(Type type) => Direct(type).SelectMany(Parts);

    private static IEnumerable<Type?> Direct(Type type) =>
        [
            type.BaseType,
            .. type.GetInterfaces(),
            .. type.GetGenericArguments().SelectMany(Constraints),
            .. OfAttributes(type.GetCustomAttributesData()),
            .. type.GetFields(Declared).SelectMany(f => OfAttributes(f.GetCustomAttributesData()).Append(f.FieldType)),
            .. type.GetProperties(Declared).SelectMany(p => OfAttributes(p.GetCustomAttributesData())),
            .. type.GetConstructors(Declared).SelectMany(OfMethod),
            .. type.GetMethods(Declared).SelectMany(OfMethod),
        ];

    private static IEnumerable<Type?> OfMethod(MethodBase method) =>
        [
            .. OfSignature(method),
            .. OfAttributes(method.GetCustomAttributesData()),
            .. method.GetParameters().SelectMany(p => OfAttributes(p.GetCustomAttributesData())),
            .. method.IsGenericMethod ? method.GetGenericArguments().SelectMany(Constraints) : [],
            .. method.GetMethodBody() is { } body ? OfBody(method, body) : [],
        ];

    private static IEnumerable<Type?> OfSignature(MethodBase method) =>
        method.GetParameters().Select(p => p.ParameterType).Append((method as MethodInfo)?.ReturnType);

    private static IEnumerable<Type?> OfBody(MethodBase method, MethodBody body) =>
        [
            .. body.LocalVariables.Select(v => v.LocalType),
            .. body.ExceptionHandlingClauses.Where(c => c.Flags == ExceptionHandlingClauseOptions.Clause).Select(c => c.CatchType),
            .. Members(method, body.GetILAsByteArray()!).SelectMany(OfMember),
        ];

    private static IEnumerable<Type?> OfMember(MemberInfo member) =>
        member switch
        {
            Type type => [type],
            FieldInfo field => [field.DeclaringType, field.FieldType],
            MethodBase method => [method.DeclaringType, .. OfSignature(method), .. method.IsGenericMethod ? method.GetGenericArguments() : []],
            _ => [],
        };

    private static IEnumerable<MemberInfo> Members(MethodBase method, byte[] il)
    {
        var ofType = method.DeclaringType is { IsGenericType: true } type ? type.GetGenericArguments() : null;
        var ofMethod = method.IsGenericMethod ? method.GetGenericArguments() : null;
        for (var i = 0; i < il.Length; )
        {
            short value = il[i++];
            if (value == 0xFE)
                value = unchecked((short)(0xFE00 | il[i++]));
            var operand = Codes[value].OperandType;
            if (operand is OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok or OperandType.InlineType)
                if (method.Module.ResolveMember(BitConverter.ToInt32(il, i), ofType, ofMethod) is { } member)
                    yield return member;
            i += operand switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + 4 * BitConverter.ToInt32(il, i),
                _ => 4,
            };
        }
    }

    private static IEnumerable<Type> Constraints(Type argument) => argument.IsGenericParameter ? argument.GetGenericParameterConstraints() : [argument];

    private static IEnumerable<Type?> OfAttributes(IEnumerable<CustomAttributeData> attributes) =>
        attributes.SelectMany(a => a.ConstructorArguments.Concat(a.NamedArguments.Select(n => n.TypedValue)).SelectMany(Named).Append(a.AttributeType));

    private static IEnumerable<Type?> Named(CustomAttributeTypedArgument argument) =>
        argument.Value is IEnumerable<CustomAttributeTypedArgument> many ? many.SelectMany(Named) : [argument.ArgumentType, argument.Value as Type];

    private static IEnumerable<Type> Parts(Type? type)
    {
        while (type is { HasElementType: true })
            type = type.GetElementType();
        if (type is null or { IsGenericParameter: true })
            return [];
        return type.IsGenericType ? type.GetGenericArguments().SelectMany(Parts).Append(type.GetGenericTypeDefinition()) : [type];
    }
}
