using Association.Platform.Web.Modules;

namespace Association.EndToEnd.Tests.Security;

/// <summary>Who may invoke which command and ask which query: every one of the product has a row here, or the test fails.</summary>
internal static class MessageTable
{
    private static readonly string[] Nobody = [];
    private static readonly string[] Everybody = ["", Roles.Office, Roles.Board, Roles.Administrator];
    private static readonly string[] SignedIn = [Roles.Office, Roles.Board, Roles.Administrator];
    private static readonly string[] OfficeAndBoard = [Roles.Office, Roles.Board];
    private static readonly string[] Office = [Roles.Office];
    private static readonly string[] BoardAndAdministrator = [Roles.Board, Roles.Administrator];
    private static readonly string[] OfficeAndAdministrator = [Roles.Office, Roles.Administrator];
    private static readonly string[] Administrator = [Roles.Administrator];

    public static readonly IReadOnlyDictionary<string, string[]> Allowed = new (string[] Roles, string Names)[]
    {
        (SignedIn, "ReadSettings PreviewLetterhead"),
        (
            Administrator,
            "ChangeAssociation ConfirmSettings ChangeOfficeRules ChangeNumbers ChangeClaimRules ChangeFourEyes ChangeRules AddBankAccount "
                + "RemoveBankAccount UploadLogo UseLogo UseColor"
        ),
        (BoardAndAdministrator, "ProposeBankDetails WithdrawBankDetails ConfirmBankDetails RefuseBankDetails"),
        (Everybody, "ReadInvitation AcceptInvitation AcceptByPasskey"),
        (
            SignedIn,
            "GetOwnAccount ChangeOwnLanguage ChangeOwnPassword BeginSecondFactor EnrolSecondFactor RemoveSecondFactor RenewRecoveryCodes "
                + "ListOwnSessions EndOwnSessions ListOwnPasskeys AddOwnPasskey RenameOwnPasskey RemoveOwnPasskey"
        ),
        (
            Administrator,
            "ListPeople GetPerson CreatePerson ChangePerson ResetSignIn LockPerson InvitePerson RevokeInvitation ListInvitations ListSessions "
                + "EndSessions ReadRoles ChangeRoles ReadSecondFactorRule RequireSecondFactor"
        ),
        (BoardAndAdministrator, "ListDeputies NameDeputy EndDeputy"),
        (Administrator, "ListQueues ListPausedQueues PauseQueue ResumeQueue ListScheduled DeliverNow"),
        (Administrator, "ListDeadLetters CountDeadLetters ReadDeadLetter ReplayDeadLetter ReplayDeadLetters DiscardDeadLetter DiscardDeadLetters"),
        (OfficeAndAdministrator, "ListMails ReadMail CountMails ExportMails SendMailAgain ConfirmMailArrived WithdrawMail"),
        (Administrator, "SendTestMail ChangeMailRules"),
        (Nobody, "SendMail"),
        (OfficeAndBoard, "CountMembers ListMembers ReadMember ReadReferences ListCategories ListClarifications ListOpenSuccessions FindContacts"),
        (Office, "AdmitMember EditMember RemoveMember ChangeCategory ResolveClarification AddContact AssignFunction EditContact EndFunction"),
        (SignedIn, "ListSavedViews FindDefaultView ReadSavedView SaveView ChangeView DeleteView RestoreView"),
        (OfficeAndBoard, "CountMatches ExportMembers ListTags ExportInvoices ExportOpenItems ChooseOpenItems PrintStatements"),
        (
            Office,
            "TagMember UntagMember RenameTag MergeTags DeleteTag ReadChoice StartBulk ReadBulk UndoBulk ReadLetterRecipients StartSerialLetter "
                + "ListSerialLetters ReadSerialLetter"
        ),
        (Nobody, "RunBulkChunk MakeSerialLetter"),
        (Office, "AcceptInputValue RecordInputValue RecordResignation WithdrawResignation RecordMandate SetBillingRecipient SetReferences"),
        (Office, "ListImports ReadDraft PreviewImport UploadList ChangeDraft ApplyDraft DiscardDraft ApplyImport UndoImport"),
        (
            OfficeAndBoard,
            "ReadDuesAgenda CalculateDues ReadMemberFacts ListDuesCharges PreviewDuesRun ReadDuesRun ReadMemberDues ListDuesCategories ListDuesRuns"
        ),
        (
            OfficeAndBoard,
            "ListRegulations ReadRegulation ReadResolution ReadRegulationAgenda CompareRegulations SimulateRegulation PutRegulationInForce ReturnRegulation"
        ),
        (Office, "StartRegulation EditRegulation SaveRule RemoveRule AttachResolution SubmitRegulation WithdrawRegulation DiscardRegulation"),
        (OfficeAndBoard, "ApproveDuesRun ReturnDuesRun ExecuteDuesRun ResumeDuesRun"),
        (OfficeAndBoard, "PriceCategories PreviewKindRun ReadCorrection FindChargeOfInvoice ListOpenCorrections ApproveCorrection WithdrawCorrection"),
        (OfficeAndBoard, "ReadRefundRequest ListRefundRequests ApproveRefund WithdrawRefund"),
        (OfficeAndBoard, "ReadCancellationRequest ListCancellationRequests ApproveCancellation WithdrawCancellation"),
        (Office, "CorrectCharge StartKindRun RequestRelief ReverseRelief ReaddressInvoice"),
        (OfficeAndBoard, "ReadReliefs ReadReliefSubject ListRequestedReliefs ApproveRelief WithdrawRelief"),
        (Office, "StartDuesRun SubmitDuesRun WithdrawDuesRun DiscardDuesRun GrantReduction EndReduction"),
        (OfficeAndBoard, "GetInvoice ListInvoices ListDocuments ReadDocument GetAccount ListCredits ListJournal ExportJournal ListOpenItems"),
        (Office, "CancelInvoice RecordPayment SetOffCredit"),
        (OfficeAndBoard, "GetStatement GetReceivable ListOpenings"),
        (
            Office,
            "PreviewPrintBatch CreatePrintBatch ListPrintBatches ReadPrintBatch MarkPrintBatch SaveCoverLetter ListCoverLetters GetCoverLetter ReadCoverFacts"
        ),
        (Nobody, "MakePrintBatch"),
        (Office, "RefundCredit PreviewOpening TakeOverOpening UndoOpening UploadOpening ReadOpeningDraft CorrectControlSum ApplyOpeningDraft"),
        (SignedIn, "ReadToday ListColleagues AssignTask PutOffTask TakeUpTask"),
        (OfficeAndBoard, "ReadBoardFigures ComposeBoardReport CreateBoardReport ListBoardReports ReadBoardReport"),
        (SignedIn, "ListJobs ReadJob"),
        (Administrator, "RunJobNow PauseJob ResumeJob"),
        (Nobody, "FireJob VerifyBooks ForgetRuns"),
        (Nobody, "RenderEdition RenderInvoices"),
    }
        .SelectMany(line => line.Names.Split(' ').Select(name => (name, line.Roles)))
        .ToDictionary(row => row.name, row => row.Roles, StringComparer.Ordinal);
}
