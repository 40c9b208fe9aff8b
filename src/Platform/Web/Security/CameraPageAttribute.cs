namespace Association.Platform.Web.Security;

/// <summary>A page whose script may use the camera, when the person agrees; no other page may.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class CameraPageAttribute : Attribute;
