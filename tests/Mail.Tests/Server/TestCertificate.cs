using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Association.Mail.Tests.Server;

/// <summary>An authority of the tests and what it vouches for.</summary>
internal static class TestCertificate
{
    private static readonly DateTimeOffset From = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset To = new(2120, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static X509Certificate2 Authority { get; } = MakeAuthority();

    /// <summary>Of localhost.</summary>
    public static X509Certificate2 Localhost { get; } = Issue("localhost", To);

    /// <summary>Of somebody else.</summary>
    public static X509Certificate2 Stranger { get; } = Issue("mail.stranger.example", To);

    /// <summary>Of localhost, until last year.</summary>
    public static X509Certificate2 Old { get; } = Issue("localhost", new DateTimeOffset(2021, 1, 1, 0, 0, 0, TimeSpan.Zero));

    public static X509Certificate2Collection Trust => [Authority];

    private static X509Certificate2 MakeAuthority()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Trial Authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        return X509CertificateLoader.LoadPkcs12(request.CreateSelfSigned(From, To).Export(X509ContentType.Pkcs12), null);
    }

    private static X509Certificate2 Issue(string name, DateTimeOffset to)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        if (name == "localhost")
            names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], false));
        using var signed = request.Create(Authority, From, to, RandomNumberGenerator.GetBytes(8));
        return X509CertificateLoader.LoadPkcs12(signed.CopyWithPrivateKey(key).Export(X509ContentType.Pkcs12), null);
    }
}
