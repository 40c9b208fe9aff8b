namespace Association.Membership.Import.Mapping;

/// <summary>What a column of a list can mean.</summary>
internal enum MemberField
{
    /// <summary>Not imported.</summary>
    None,
    Number,
    Name,
    LastName,
    FirstName,
    Category,
    Street,
    PostalCode,
    Town,

    /// <summary>„66424 Homburg“ in one cell.</summary>
    PostalCodeAndTown,

    /// <summary>„Heinestr. 102, 66424 Homburg“ in one cell.</summary>
    Address,
    Country,
    Beds,
    Employees,
    Inhabitants,

    /// <summary>A number whose meaning follows from the row's category.</summary>
    Measure,
    JoinedOn,
    LeftOn,
    NoticeReceivedOn,

    /// <summary>Dues of a year before; the year belongs to the column.</summary>
    PriorDues,
    Iban,
    MandateReference,
    MandateSignedOn,
    PaymentRoute,
    Contact,
    Deputy,
    ContactFunction,
    Email,
    Phone,
    BuyerReference,
    Language,
    Remark,
}
